"""Every measurement, one after the other: `make bench`. What comes out belongs in docs/metingen.md, with its date."""

import subprocess
import sys
from pathlib import Path

for script in sorted(Path(__file__).parent.glob("bench_*.py")):
    print(f"\n{script.stem}\n", flush=True)
    subprocess.run([sys.executable, str(script)], check=True)
