-- Coroutines: the library, yields across everything, errors, status, closing.
local load = _VERSION == "Lua 5.1" and loadstring or load
local unpack = unpack or table.unpack
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local function try(f, ...) print(pcall(f, ...)) end

-- check: resume and yield pass values
local co = coroutine.create(function(a, b) print("start", a, b); local c = coroutine.yield(a + b); print("got", c); local d, e = coroutine.yield(c * 2); print("got", d, e); return "end", d + e end)
print(coroutine.resume(co, 1, 2)) print(coroutine.resume(co, 10)) print(coroutine.resume(co, 3, 4)) print(coroutine.resume(co)) print(coroutine.status(co))
-- check: status
-- versions: 5.2+
local co, outer
co = coroutine.create(function() print(coroutine.status(co), coroutine.status(outer)) coroutine.yield() end)
outer = coroutine.create(function() coroutine.resume(co) print(coroutine.status(co)) end)
print(coroutine.status(co), coroutine.status(outer)) coroutine.resume(outer) print(coroutine.status(co), coroutine.status(outer), coroutine.status(coroutine.running()))
coroutine.resume(co) print(coroutine.status(co))
try(coroutine.status) try(coroutine.status, 1) try(coroutine.status, nil)
-- check: wrap
local f = coroutine.wrap(function(...) local n = select("#", ...) while true do n = coroutine.yield(n, ...) end end)
print(f(1, 2)) print(f("x"))
local g = coroutine.wrap(function() error("in wrap") end) try(g)
local h = coroutine.wrap(function() error({ code = 1 }) end) print(select(2, pcall(h)).code)
local d = coroutine.wrap(function() return 1 end) d() try(d)
try(coroutine.wrap) try(coroutine.wrap, 1) try(coroutine.create, "x") try(coroutine.create)
-- check: wrap adds position to string errors
local w = coroutine.wrap(function() error("message", 0) end)
try(function() w() end)
local w = coroutine.wrap(function() local x = nil; x() end)
try(function() return (w()) end)
local w = coroutine.wrap(function() error(setmetatable({}, { __tostring = function() return "obj" end })) end)
print(tostring(select(2, pcall(w))))
-- check: running and isyieldable
-- versions: 5.3+
print(select(2, coroutine.running()), coroutine.isyieldable())
coroutine.wrap(function() print(select(2, coroutine.running()), coroutine.isyieldable(), type((coroutine.running()))) end)()
local co = coroutine.create(function() end)
print(coroutine.isyieldable(co), coroutine.isyieldable(coroutine.running())) try(coroutine.isyieldable, 1)
-- check: yield outside
try(coroutine.yield) try(coroutine.yield, 1, 2)
-- check: resume errors
-- versions: 5.2+
try(coroutine.resume) try(coroutine.resume, 1)
print(coroutine.resume(coroutine.running()))
local co = coroutine.create(function() end) coroutine.resume(co) print(coroutine.resume(co))
local self self = coroutine.create(function() return coroutine.resume(self) end) print(coroutine.resume(self))
local a, b a = coroutine.create(function() return coroutine.resume(b) end) b = coroutine.create(function() return coroutine.resume(a) end)
print(coroutine.resume(a))
-- check: errors in coroutines
print(coroutine.resume(coroutine.create(function() error("oops") end)))
print(coroutine.resume(coroutine.create(function() error() end)))
print(coroutine.resume(coroutine.create(function() error(nil) end)))
print(coroutine.resume(coroutine.create(function() local x = nil + 1 end)))
local co = coroutine.create(function() coroutine.yield(1) error({ "t" }) end) coroutine.resume(co) local ok, e = coroutine.resume(co) print(ok, type(e), e[1], coroutine.status(co)) print(coroutine.resume(co))
-- check: yield across pcall
local co = coroutine.create(function() print(pcall(function() local x = coroutine.yield(1); print("in", x); error("after " .. x, 0) end)); print(pcall(coroutine.yield, 2)); return "done" end)
print(coroutine.resume(co)) print(coroutine.resume(co, "a")) print(coroutine.resume(co, "b", "c")) print(coroutine.status(co))
-- check: yield across xpcall with handler
-- versions: 5.2+
local co = coroutine.wrap(function() print(xpcall(function(...) coroutine.yield(...); error("E", 0) end, function(m) return "handled " .. m end, 1, 2)) return "end" end)
print(co()) print(co())
-- check: yield in a message handler
local co = coroutine.create(function() return xpcall(error, function(m) coroutine.yield(m) return "no" end, "x") end)
print(coroutine.resume(co)) 
-- check: nested pcall and yields
-- versions: 5.2+
local function nest(n) if n == 0 then coroutine.yield("deep"); error("bottom", 0) end local ok, e = pcall(nest, n - 1); error(n .. e, 0) end
local co = coroutine.wrap(function() return pcall(nest, 5) end) print(co()) print(co())
-- check: yield in iterators
-- versions: 5.2+
local co = coroutine.wrap(function() for a, b in function(s, v) return coroutine.yield(v) end, nil, 0 do print("body", a, b) end return "over" end)
print(co()) print(co(1, "x")) print(co(2)) print(co(nil))
-- check: yield across table.sort and gsub is refused
local co = coroutine.create(function() table.sort({ 3, 2, 1 }, function(a, b) coroutine.yield() end) end) print(coroutine.resume(co))
co = coroutine.create(function() return (("abc"):gsub("%w", function(c) coroutine.yield(c) end)) end) print(coroutine.resume(co))
co = coroutine.create(function() return load(function() coroutine.yield() end) end) print(coroutine.resume(co))
co = coroutine.create(function() print(pcall(table.sort, { 2, 1 }, coroutine.yield)) return "still alive" end) print(coroutine.resume(co))
-- check: yield across require, dofile
-- versions: 5.2+
local name = os.tmpname() local f = io.open(name, "w") f:write("return coroutine.yield('from file')") f:close()
local co = coroutine.wrap(function() return dofile(name) end) print(co()) print(co("result")) os.remove(name)
-- check: yield in close
-- versions: 5.4+
local co = coroutine.wrap(function() do local x <close> = setmetatable({}, { __close = function(_, e) coroutine.yield("closing") print("closed", e) end }) print "body" end return "after" end)
print(co()) print(co())
local co = coroutine.wrap(function() return pcall(function() local x <close> = setmetatable({}, { __close = function(_, e) print("e", e, coroutine.yield("c1")) end }) error("err", 0) end) end)
print(co()) print(co("resumed"))
local co = coroutine.wrap(function() local function f() local x <close> = setmetatable({}, { __close = function() coroutine.yield("y") end }) return 1, 2, 3 end return f() end)
print(co()) print(co())
-- check: coroutine.close
-- versions: 5.4+
local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function(_, e) print("closed", e) end }) coroutine.yield() end)
coroutine.resume(co) print(coroutine.close(co), coroutine.status(co)) print(coroutine.close(co)) print(coroutine.close(coroutine.create(print)))
local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() error("in close", 0) end }) coroutine.yield() end)
coroutine.resume(co) print(coroutine.close(co)) print(coroutine.status(co), coroutine.close(co))
local co = coroutine.create(function() error("e", 0) end) coroutine.resume(co) print(coroutine.close(co)) print(coroutine.close(co))
try(coroutine.close) try(coroutine.close, coroutine.running())
local outer outer = coroutine.create(function() local inner = coroutine.create(function() return pcall(coroutine.close, outer) end) print(coroutine.resume(inner)) end) coroutine.resume(outer)
-- check: close with several variables and errors
-- versions: 5.4+
local function c(n, err) return setmetatable({}, { __close = function(_, e) print(n, e) if err then error(err, 0) end end }) end
local co = coroutine.create(function() local a <close> = c("a") local b <close> = c("b", "eb") local d <close> = c("d", "ed") coroutine.yield() end)
coroutine.resume(co) print(coroutine.close(co))
-- check: generators
local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local s = 0 for v in gen(1000) do s = s + v end print(s)
local function filter(p, g) return coroutine.wrap(function() for v in g do if p(v) then coroutine.yield(v) end end end) end
local t = {} for v in filter(function(x) return x % 7 == 0 end, gen(50)) do t[#t + 1] = v end print(table.concat(t, " "))
local function primes(n) return coroutine.wrap(function() local g = coroutine.wrap(function() for i = 2, n do coroutine.yield(i) end end) while true do local p = g() if not p then return end coroutine.yield(p) local old = g g = filter(function(x) return x % p ~= 0 end, old) end end) end
t = {} for p in primes(100) do t[#t + 1] = p end print(table.concat(t, " "))
-- check: recursive generators
local function permgen(a, n) n = n or #a if n <= 1 then coroutine.yield(a) else for i = 1, n do a[n], a[i] = a[i], a[n]; permgen(a, n - 1); a[n], a[i] = a[i], a[n] end end end
local t = {} for p in coroutine.wrap(function() permgen { 1, 2, 3 } end) do t[#t + 1] = table.concat(p) end print(table.concat(t, " "))
-- check: many coroutines
local cos = {} for i = 1, 2000 do cos[i] = coroutine.wrap(function(x) while true do x = x + coroutine.yield(x) end end) end
local s = 0 for i = 1, 2000 do s = s + cos[i](i) end for i = 1, 2000 do s = s + cos[i](1) end print(s)
-- check: deep resume chains
local function chain(n) if n == 0 then return "bottom" end local co = coroutine.create(chain) return select(2, coroutine.resume(co, n - 1)) end
print(chain(100)) print(chain(180))
local function forever(n) local co = coroutine.create(forever) local ok, e = coroutine.resume(co, n + 1) if not ok then return e end return e end
print(forever(1))
local function wrapped(n) return coroutine.wrap(wrapped)(n + 1) end
print((select(2, pcall(wrapped, 1)):gsub("^.*:%d+: ", "")))
-- check: deep recursion inside coroutine
local co = coroutine.create(function() local function f(n) if n == 0 then coroutine.yield("bottom") return 0 end return 1 + f(n - 1) end return f(50000) end)
print(coroutine.resume(co)) print(coroutine.resume(co))
local co = coroutine.create(function() local function f() return 1 + f() end return f() end)
local ok, e = coroutine.resume(co) print(ok, e:match("stack overflow"))
-- check: varargs through yields
local co = coroutine.wrap(function(...) local t = pack(...) while true do t = pack(coroutine.yield(unpack(t, 1, t.n))) end end)
print(co(1, nil, 3)) print(select("#", co())) print(co(nil, nil)) print(select("#", co(unpack({}, 1, 200))))
-- check: upvalues shared with coroutines
local n = 0
local co = coroutine.wrap(function() while true do n = n + 1; coroutine.yield() end end)
co() n = n + 10 co() print(n)
local co2 = coroutine.create(function() local x = 0 coroutine.yield(function() x = x + 1 return x end) coroutine.yield(x) end)
local _, inc = coroutine.resume(co2) print(inc(), inc(), select(2, coroutine.resume(co2)))
-- check: traceback of coroutines
local function inner() coroutine.yield() end
local co = coroutine.create(function() inner() end) coroutine.resume(co)
print(debug.traceback(co)) print(debug.traceback(co, "msg")) print(debug.traceback(co, "msg", 1)) print(debug.traceback(co, nil, 5)) print(debug.traceback(co, {} and 12))
coroutine.resume(co) print(debug.traceback(co))
local co = coroutine.create(function() local x = nil; x.y = 1 end) coroutine.resume(co) print(debug.traceback(co))
-- check: traceback inside coroutine
coroutine.wrap(function() print(debug.traceback("inside")) end)()
coroutine.wrap(function() local function f() return debug.traceback("tail") end print((f())) end)()
-- check: debug.getinfo of coroutines
-- versions: 5.2+
local co = coroutine.create(function(a, b) local c = 3; coroutine.yield() end) coroutine.resume(co, 1, 2)
local i = debug.getinfo(co, 1, "Slnt") print(i.short_src, i.currentline, i.what, i.name) print(debug.getinfo(co, 0, "n").name, debug.getinfo(co, 5)) print(debug.getlocal(co, 1, 1)) print(debug.getlocal(co, 1, 3)) print(debug.setlocal(co, 1, 3, "new"), debug.getlocal(co, 1, 3))
-- check: wrap inside pcall inside wrap
local function level(n) return coroutine.wrap(function() if n == 0 then error("deep", 0) end print(pcall(level(n - 1))) coroutine.yield(n) error("level " .. n, 0) end) end
local w = level(3) print(w()) print(pcall(w))
-- check: collect suspended coroutines
local weak = setmetatable({}, { __mode = "v" })
for i = 1, 100 do weak[i] = coroutine.create(function() local big = ("x"):rep(1000) coroutine.yield(big) end) coroutine.resume(weak[i]) end
collectgarbage() collectgarbage() local n = 0 for _ in pairs(weak) do n = n + 1 end print(n)
-- check: yield from nested calls and loops
local co = coroutine.wrap(function() for i = 1, 3 do local function f(j) if j > 0 then f(j - 1) end coroutine.yield(i * 10 + j) end f(2) end end)
for i = 1, 9 do io.write(co(), " ") end print(co())
-- check: producer and consumer
local function producer() return coroutine.create(function() for _, v in ipairs { "a", "b", "c" } do coroutine.yield(v) end end) end
local function consume(p) local out = {} while true do local _, v = coroutine.resume(p) if not v then break end out[#out + 1] = v end return table.concat(out, ",") end
print(consume(producer()))
-- check: scheduler
local tasks, log = {}, {}
for i = 1, 3 do tasks[i] = coroutine.create(function() for j = 1, i do log[#log + 1] = i .. ":" .. j; coroutine.yield() end end) end
while #tasks > 0 do for i = #tasks, 1, -1 do coroutine.resume(tasks[i]) if coroutine.status(tasks[i]) == "dead" then table.remove(tasks, i) end end end
print(table.concat(log, " "))
-- check: C functions as coroutine bodies
-- versions: 5.2+
print(coroutine.wrap(print)("body")) print(coroutine.resume(coroutine.create(math.max), 3, 9, 2)) print(coroutine.resume(coroutine.create(error), "x")) print(coroutine.resume(coroutine.create(pcall), error, "y"))
local co = coroutine.create(coroutine.yield) print(coroutine.resume(co, 1, 2)) print(coroutine.resume(co, 3, 4)) print(coroutine.status(co))
local co = coroutine.wrap(pcall) print(co(coroutine.yield, 7)) print(co("back"))
-- check: coroutine as key and in tostring
-- versions: 5.2+
local co = coroutine.create(print) local t = { [co] = "v" } print(t[co], type(co), tostring(co):match("^thread: 0x") ~= nil)
-- check: resume passes many values
local co = coroutine.create(function(...) return select("#", ...), select("#", coroutine.yield(...)) end)
print(select("#", coroutine.resume(co, unpack({}, 1, 250)))) print(coroutine.resume(co, unpack({}, 1, 100)))
-- check: error objects pass through resume
local e = setmetatable({}, { __tostring = function() return "E" end })
print(select(2, coroutine.resume(coroutine.create(function() error(e) end))) == e) print(pcall(coroutine.wrap(function() error(e) end)))
-- check: goto and loops with yields keep locals
-- versions: 5.2+
local co = coroutine.wrap(function() local i = 0 ::top:: i = i + 1 local c = i * 2 coroutine.yield(c) if i < 3 then goto top end return "done" end)
print(co(), co(), co(), co())
