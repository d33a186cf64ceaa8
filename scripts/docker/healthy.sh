#!/bin/bash
# The health check of our images: asks /readyz. The base image has no curl, and a Node for each check would cost more than what it checks.
set -e
exec 3<>"/dev/tcp/127.0.0.1/$GDD_PORT"
printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
read -r -t 3 _ status _ <&3
[ "$status" = 200 ]
