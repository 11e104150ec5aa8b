#!/bin/sh
# Every witness that user space can force, on this machine's kernel and on others under QEMU's software emulation: 20
# runs each, 4k and 1k blocks, about half a minute per kernel. Arguments: Debian kernel packages that apt can
# download, or directories unpacked by dpkg -x (5.10 is in bullseye: add that suite, or download there and unpack).
# STALEMAP_REPEAT changes the number of runs. Exit 1 when a kernel does not do what its model says.
set -eu
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  echo "usage: tools/real-qemu.sh KERNEL..." >&2
  echo "for example: tools/real-qemu.sh linux-image-6.1.0-56-cloud-amd64 ./unpacked-5.10" >&2
  exit 129
fi
for kernel; do
  set -- "$@" --qemu "$kernel"
  shift
done
exec node bin/stalemap.js real --matrix scenarios/witnesses/*.yaml scenarios/real/*.yaml \
  --repeat "${STALEMAP_REPEAT:-20}" "$@"
