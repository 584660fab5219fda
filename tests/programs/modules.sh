# C modules of the system's packages, loaded into our interpreter as they are: lpeg, cjson, filesystem, socket.
# versions: 5.1-5.4
cd "$SCRATCH"
export LUA_PATH="/usr/share/lua/$LUA/?.lua;./?.lua" LUA_CPATH="/usr/lib/$(cc -print-multiarch)/lua/$LUA/?.so"
cat > lpeg.lua <<'LUA'
local lpeg = require "lpeg"
local P, R, S, C, Ct, V, Cf, Cg, Cc = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Ct, lpeg.V, lpeg.Cf, lpeg.Cg, lpeg.Cc
local space = S " \n\t" ^ 0
local number = C(P "-" ^ -1 * R "09" ^ 1 * (P "." * R "09" ^ 1) ^ -1) * space / tonumber
local function fold(a, op, b) if op == "+" then return a + b elseif op == "-" then return a - b elseif op == "*" then return a * b else return a / b end end
local sum = P { "E", E = Cf(V "T" * Cg(C(S "+-") * space * V "T") ^ 0, fold), T = Cf(V "F" * Cg(C(S "*/") * space * V "F") ^ 0, fold), F = number + P "(" * space * V "E" * P ")" * space }
print(sum:match "1 + 2 * (3 - 4.5) / 2", sum:match "((2)) * 21", sum:match "x")
local csv = Ct(C((1 - S ",\n") ^ 0) * (P "," * C((1 - S ",\n") ^ 0)) ^ 0)
print(table.concat(csv:match "a,bc,,d", "|"))
print(lpeg.match((P(1) - "end") ^ 0 * C "end" * lpeg.Cp(), ("x"):rep(100000) .. "end"))
local re = require "re"
print(re.compile("{[a-z]+} ' number ' ({[0-9]+} -> n)", { n = tonumber }):match "the number 423", re.find("the number 423", "[0-9]+"))
print(re.gsub("hello World", "[aeiou]", "."), lpeg.type(P "x"), pcall(lpeg.match, P "a" ^ -1000, {}) == false)
print(pcall(function() return P { "A", A = V "A" * "x" } end))
for i = 1, 200 do local p = P(tostring(i)) ^ 0 * C(1) collectgarbage "step" end
print(lpeg.Cs((lpeg.P "cat" / "dog" + 1) ^ 0):match(("cat and cat;"):rep(3)))
print(lpeg.Cmt(C(R "az" ^ 1), function(s, i, c) return c == "yes", c .. "!" end):match "yes", lpeg.Cmt(C(1), function() error("in match", 0) end) and pcall(lpeg.match, lpeg.Cmt(1, function() error("in match", 0) end), "x"))
LUA
cat > cjson.lua <<'LUA'
local cjson = require "cjson"
local t = cjson.decode '{"name": "relua", "list": [1, 2.5, -3e2, true, null, "\\u00e4\\n"], "nested": {"a": {"b": []}}}'
print(t.name, #t.list, t.list[2], t.list[3], t.list[5] == cjson.null, t.list[6], next(t.nested.a.b))
print(cjson.encode { 1, 2, 3, { x = "y\"z" } }, cjson.encode(setmetatable({}, cjson.empty_array_mt) and { [1] = "only" }), cjson.encode "a/b\0")
print(pcall(cjson.decode, "{bad}")) print(pcall(cjson.decode, "[1, 2")) print(pcall(cjson.encode, { print })) print(pcall(cjson.encode, 0 / 0))
local deep = {} for i = 1, 900 do deep = { deep } end cjson.encode_max_depth(1000) print(#cjson.encode(deep))
local big = {} for i = 1, 20000 do big[i] = { id = i, text = ("t"):rep(i % 20) } end
local back = cjson.decode(cjson.encode(big)) print(#back, back[777].id, #back[19].text)
local safe = require "cjson.safe" print(safe.decode "[") 
LUA
cat > lfs.lua <<'LUA'
local lfs = require "lfs"
print(lfs.mkdir "d", lfs.mkdir "d", lfs.attributes("d", "mode"), lfs.attributes("nothing"))
for i = 1, 50 do local f = io.open("d/f" .. i, "w") f:write(("x"):rep(i)) f:close() end
local n, size = 0, 0
for f in lfs.dir "d" do if f:sub(1, 1) == "f" then n = n + 1 size = size + lfs.attributes("d/" .. f).size end end
print(n, size, pcall(lfs.dir, "nowhere"))
local here = lfs.currentdir() print(lfs.chdir "d", lfs.currentdir() == here .. "/d", lfs.chdir(here))
print(lfs.touch("d/f1", 1000000000, 1000000001), lfs.attributes("d/f1", "modification"), lfs.attributes("d/f1", "access"))
print(lfs.link("f2", "d/link", true), lfs.symlinkattributes("d/link", "mode"), lfs.symlinkattributes("d/link", "target"))
local f = io.open("d/f3", "r+") print(lfs.lock(f, "w"), lfs.unlock(f), pcall(lfs.lock, 5, "w")) f:close()
local lock = lfs.lock_dir "d" print(lock ~= nil, lock and lock:free())
for i = 1, 50 do os.remove("d/f" .. i) end os.remove "d/link" print(lfs.rmdir "d", lfs.rmdir "d")
for i = 1, 100 do local it, dir = lfs.dir "." it(dir) end collectgarbage() print(select("#", lfs.dir "."))
LUA
cat > socket.lua <<'LUA'
local socket = require "socket"
local server = assert(socket.bind("127.0.0.1", 0))
local ip, port = server:getsockname() print(ip, port ~= nil)
local log = {}
local function serve() local c = server:accept() c:settimeout(5) while true do local l, e = c:receive() if not l then log[#log + 1] = e break end c:send(l:reverse():upper() .. "\n") coroutine.yield() end c:close() end
local client = assert(socket.connect("127.0.0.1", port)) client:settimeout(5)
local co = coroutine.wrap(serve)
for i = 1, 100 do client:send("message " .. i .. "\n") co() local answer = client:receive() if i % 25 == 0 then print(answer) end end
client:close() co() print(table.concat(log))
print(socket.connect("127.0.0.1", 1)) print((pcall(socket.try, nil, "refused"))) print(socket.protect(function() socket.try(nil, "caught") end)())
local ltn12 = require "ltn12" local mime = require "mime" print((mime.b64 "hello world"), (mime.unb64 "aGVsbG8="), (mime.qp "a=b\xe4"))
local out = {} ltn12.pump.all(ltn12.source.string(("data "):rep(5000)), ltn12.sink.chain(mime.encode "base64", (ltn12.sink.table(out)))) print(#table.concat(out))
local url = require "socket.url" print(url.parse("http://user@host:80/path;p?q=1#f").host, url.escape "a b&c", url.absolute("http://x/y/z", "../w"))
local u = assert(socket.udp()) u:setsockname("127.0.0.1", 0) local uip, uport = u:getsockname() u:settimeout(5) local v = socket.udp() v:sendto("datagram", uip, uport) print(u:receive()) print(tostring(u):match "^udp{")
print((select(3, socket.select({}, {}, 0.01)))) print(type(socket.gettime()), socket.skip(1, "a", "b"))
LUA
for module in lpeg cjson lfs socket; do
    mkdir -p "run/$module" "stock/$module"
    (cd "stock/$module" && "lua$LUA" "../../$module.lua" > ../$module.out 2>&1) || { cat "stock/$module.out"; exit 1; }
    (cd "run/$module" && "$DIST/bin/lua$LUA" "../../$module.lua" > ../$module.out 2>&1) || { cat "run/$module.out"; exit 1; }
    diff "stock/$module.out" "run/$module.out"
done
