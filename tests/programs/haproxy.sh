# versions: 5.3
# haproxy: pages that Lua services generate, filters and fetches in Lua, asked for over the loopback, many times and at once.
cd "$SCRATCH"
cat > service.lua <<'LUA'
local count = 0

core.register_service("page", "http", function(applet)
  count = count + 1
  local name = applet.qs:match("name=(%w+)") or "nobody"
  local rows = {}
  for i = 1, 5 do rows[i] = ("<li>%d: %s</li>"):format(i, name:rep(i, "-"):upper()) end
  local body = ("Hello, %s!\n%s\n%d %s %s\n"):format(name, table.concat(rows, "\n"), 10 // 3, 7 / 2, _VERSION)
  applet:set_status(200)
  applet:add_header("content-type", "text/plain")
  applet:add_header("content-length", #body)
  applet:start_response()
  applet:send(body)
end)

-- A service that waits: haproxy suspends its coroutine and goes on with others.
core.register_service("slow", "http", function(applet)
  core.msleep(50)
  local body = applet:receive()
  core.yield()
  local reply = ("%s|%d"):format(body:reverse(), #body)
  applet:set_status(201)
  applet:add_header("content-length", #reply)
  applet:start_response()
  applet:send(reply)
end)

core.register_service("broken", "http", function(applet)
  local t = nil
  return t.field
end)

core.register_fetches("checksum", function(txn)
  local sum = 0
  for _, byte in utf8.codes(txn.f:path()) do sum = (sum * 31 + byte) & 0xffffff end
  return ("%06x"):format(sum)
end)

core.register_converters("packed", function(text)
  return (string.pack(">I2s1", #text, text):gsub(".", function(c) return ("%02x"):format(c:byte()) end))
end)

-- A task in the background.
core.register_task(function()
  while true do
    core.msleep(5)
    collectgarbage("step")
  end
end)
LUA
. "$HERE/http.bash"
cat > haproxy.cfg <<CFG
global
    maxconn 200
    lua-load $SCRATCH/service.lua
    log stdout format raw local0
defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend test
    bind 127.0.0.1:$port
    http-request use-service lua.page if { path /page }
    http-request use-service lua.slow if { path /slow }
    http-request use-service lua.broken if { path /broken }
    http-request return status 200 content-type text/plain lf-string "%[lua.checksum] %[path,lua.packed]\n" if { path_beg /sum }
    http-request deny
CFG
LD_LIBRARY_PATH=$DIST/lib haproxy -f haproxy.cfg -db > log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT

await_server
ask 'GET /page?name=relua' | tr -d '\r' > answer
grep -q '^HTTP/1.[01] 200' answer
grep -qi '^content-type: text/plain' answer
sed '1,/^$/d' answer > body
printf 'Hello, relua!\n<li>1: RELUA</li>\n<li>2: RELUA-RELUA</li>\n<li>3: RELUA-RELUA-RELUA</li>\n<li>4: RELUA-RELUA-RELUA-RELUA</li>\n<li>5: RELUA-RELUA-RELUA-RELUA-RELUA</li>\n3 3.5 Lua 5.3\n' | diff - body
for i in $(seq 200); do ask "GET /page?name=n$i" | grep -q "^Hello, n$i!"; done
for i in $(seq 10); do ask 'POST /slow' "body$i" | grep -q '^[0-9]*ydob|[56]' & pids="${pids:-} $!"; done
for pid in $pids; do wait "$pid"; done
test "$(ask 'GET /sum/x' | tail -1)" = 'bf22e5 0006062f73756d2f78'
ask 'GET /broken' | head -1 | grep -q 500
grep -q "attempt to index a nil value (local 't')" log
grep -q "$(readlink -f "$DIST/lib")/liblua5.3.so" "/proc/$server/maps"
if grep -q '/usr/lib.*liblua5.3.so' "/proc/$server/maps"; then echo "the system's library is in use"; exit 1; fi
