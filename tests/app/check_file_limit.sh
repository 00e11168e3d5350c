#!/bin/sh
# Usage: check_file_limit.sh QANAT
# A database does not fit into one block: the program must say so and end with 1.
set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
message=$( (ulimit -f 1 && exec "$1" init "$folder/collection") 2>&1 )
code=$?
echo "exit $code: $message"
test "$code" -eq 1 && test -n "$message"
