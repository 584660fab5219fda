# lighttpd with mod_magnet: a page that Lua generates, asked for over the loopback, many times and at once.
# versions: 5.4
cd "$SCRATCH"
mkdir pages
cat > page.lua <<'LUA'
local r = lighty.r
local name = (r.req_attr["uri.query"] or ""):match("name=(%w+)") or "nobody"
count = (count or 0) + 1
local rows = {}
for i = 1, 5 do rows[i] = ("<li>%d: %s</li>"):format(i, name:rep(i, "-"):upper()) end
r.resp_header["Content-Type"] = "text/plain"
r.resp_header["X-Lua"] = _VERSION
r.resp_body:set({ "Hello, ", name, "!\n", table.concat(rows, "\n"), "\n", tostring(10 // 3), " ", ("%q"):format(1 / 3), "\n" })
return 200
LUA
cat > broken.lua <<'LUA'
local t = nil
return t.field
LUA
. "$HERE/http.bash"
cat > lighttpd.conf <<CONF
server.document-root = "$SCRATCH/pages"
server.bind = "127.0.0.1"
server.port = $port
server.modules = ("mod_magnet")
server.errorlog = "$SCRATCH/error.log"
\$HTTP["url"] =~ "^/page" { magnet.attract-physical-path-to = ("$SCRATCH/page.lua") }
\$HTTP["url"] =~ "^/broken" { magnet.attract-raw-url-to = ("$SCRATCH/broken.lua") }
CONF
touch pages/page pages/broken
LD_LIBRARY_PATH=$DIST/lib lighttpd -D -f lighttpd.conf &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT

await_server
ask 'GET /page?name=relua' | tr -d '\r' > answer
grep -q '^HTTP/1.0 200' answer
grep -q '^X-Lua: Lua 5.4' answer
sed '1,/^$/d' answer > body
printf 'Hello, relua!\n<li>1: RELUA</li>\n<li>2: RELUA-RELUA</li>\n<li>3: RELUA-RELUA-RELUA</li>\n<li>4: RELUA-RELUA-RELUA-RELUA</li>\n<li>5: RELUA-RELUA-RELUA-RELUA-RELUA</li>\n3 0x1.5555555555555p-2\n' | diff - body
for i in $(seq 200); do ask "GET /page?name=n$i" | grep -q "^Hello, n$i!"; done
ask 'GET /broken' | head -1 | grep -q 500
grep -q "attempt to index a nil value (local 't')" error.log
grep -q "$(readlink -f "$DIST/lib")/liblua5.4.so" "/proc/$server/maps"
if grep -q '/usr/lib.*liblua5.4.so' "/proc/$server/maps"; then echo "the system's library is in use"; exit 1; fi
