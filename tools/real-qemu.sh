#!/bin/sh
# The table of witnesses on other kernels under QEMU's software emulation, 20 repeats, 4k and 1k blocks: about half
# a minute per kernel. Arguments: Debian kernel packages that apt can download, or directories unpacked by dpkg -x.
# 5.10 is in bullseye (add that suite, or download there and unpack).
set -eu
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  echo "usage: tools/real-qemu.sh KERNEL..." >&2
  echo "for example: tools/real-qemu.sh linux-image-6.1.0-56-cloud-amd64 ./unpacked-5.10" >&2
  exit 129
fi
STALEMAP_QEMU="$*" exec npx vitest run test/real/qemu.test.ts
