# versions: 5.1
# uwsgi with its plugin for Lua 5.1: an application in the WSAPI style, asked over the loopback, with coroutines for bodies.
cd "$SCRATCH"
cat > app.lua <<'LUA'
module("app", package.seeall)
local requests = 0
function run(env)
  requests = requests + 1
  local name = (env.QUERY_STRING or ""):match("name=(%w+)") or "nobody"
  if name == "fail" then local t = nil; return t.field end
  local headers = { ["Content-Type"] = "text/plain", ["X-Lua"] = _VERSION, ["X-Count"] = tostring(requests) }
  local body = coroutine.wrap(function()
    coroutine.yield("Hello, " .. name .. "!\n")
    for i = 1, 3 do coroutine.yield(("%d: %s\n"):format(i, name:rep(i):upper())) end
    coroutine.yield(_NAME .. " " .. table.maxn({ 1, 2, 3 }) .. " " .. tostring(getfenv(1) == app) .. "\n")
  end)
  return 200, headers, body
end
return run
LUA
. "$HERE/http.bash"
LD_LIBRARY_PATH=$DIST/lib uwsgi --plugin lua51 --lua app.lua --http-socket "127.0.0.1:$port" \
    --http-socket-modifier1 6 --master --processes 1 --logto "$SCRATCH/log" --die-on-term 2>/dev/null >/dev/null &
server=$!
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true' EXIT

await_server
ask 'GET /?name=relua' | tr -d '\r' > answer
cat answer
grep -q '^HTTP/1.[01] 200' answer
grep -q '^X-Lua: Lua 5.1' answer
sed '1,/^$/d' answer > body
printf 'Hello, relua!\n1: RELUA\n2: RELUARELUA\n3: RELUARELUARELUA\napp 3 true\n' | diff - body
for i in $(seq 100); do ask "GET /?name=n$i" | grep -q "^Hello, n$i!"; done
ask 'GET /?name=fail' > failed || true
grep -q "attempt to index local 't' (a nil value)" log
ours=$(readlink -f "$DIST/lib")/liblua5.1.so
grep -q "$ours" /proc/$server/maps
if grep -q '/lib/x86_64.*liblua5.1.so' /proc/$server/maps; then echo "the system's library is in use"; exit 1; fi
