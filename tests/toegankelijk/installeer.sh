#!/usr/bin/env bash
# Brings what the check of accessibility needs and a fresh Debian lacks: Chromium, Node with axe-core, and Java for
# veraPDF. Does nothing where all of it stands.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v "${CHROMIUM:-/usr/bin/chromium}" >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v java >/dev/null || missing+=(default-jre-headless)
test -e /usr/share/java/jaxb-runtime.jar || missing+=(libjaxb-java)
if [ "${#missing[@]}" -gt 0 ]; then
  command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Voor de toets op toegankelijkheid ontbreekt: ${missing[*]}. Installeer het als beheerder met: $command" >&2
    exit 2
  fi
  echo "Installeren: ${missing[*]} ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --silent
fi
