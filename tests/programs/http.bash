# Sourced by the scripts that start a server: its port, waiting for it, asking it over the shell's own sockets.

port=$((20000 + $$ % 12000))

# Waits until somebody listens on the port.
await_server() {
    for _ in $(seq 300); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        sleep 0.1
    done
}

# Sends a request (method and path) and prints the whole answer. With a second argument, the request has that body.
ask() {
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf '%s HTTP/1.0\r\nHost: test\r\n' "$1" >&3
    if [ $# -gt 1 ]; then printf 'Content-Length: %d\r\n' "${#2}" >&3; fi
    printf '\r\n%s' "${2-}" >&3
    cat <&3
    exec 3>&-
}
