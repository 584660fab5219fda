-- Messages of errors: names of variables, wrong arguments, positions, tracebacks.
local plain = print
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end

-- check: names of what is indexed
run "local a a.x = 1" run "local a = 5 return a.x" run "local a = {} return a.b.c" run "local a = {} a.b.c = 1" run "return a.b" run "a.b = 1" run "a = 5 return a.b.c" run "local up = nil return (function() return up.x end)()" run "local t = {} return t[1].x" run "local t = {} return t[t].x" run "local t, k = {}, 'key' return t[k].x" run "local t = {} return t.a.b.c" run "return ('x').y.z" run "return (1).x" run "return ({}).x.y" run "local s = 'x' return s.y.z" run "return (function() end)().x" run "local t = { f = function() end } return t.f().x" run "local a = true; a.b = 1" run "local a = function() end return a.x" run "return ...['x']"
-- check: names of what is called
run "local a a()" run "a()" run "a.b()" run "a = nil a()" run "local t = {} t.x()" run "local t = {} t:x()" run "local t = {} t.x.y()" run "local t = {} t.x:y()" run "local t = {} t[1]()" run "local t, k = {}, 'k' t[k]()" run "(1)()" run "('s')()" run "({})()" run "(nil)()" run "local up = 5 return (function() up() end)()" run "string.nothing()" run "('x'):nothing()" run "local s = 'x' s:nothing()" run "return (function() end)()()" run "for x in nil do end" run "for x in 5 do end" run "local a for x in a do end" run "for x in {} do end" run "for x in pairs do end" run "local t = setmetatable({}, { __index = 5 }) return t.x" run "return #5()" run "local t = {} t.a.b.c()"
-- check: names of operands
run "local a return a + 1" run "local a return 1 + a" run "return a + 1" run "return a.b + 1" run "a = {} return a.b + 1" run "local t = {} return t.x * t.y" run "local up return (function() return up - 1 end)()" run "local a = 'x' return a + 1" run "local a = {} return a + 1" run "local a, b = 1, {} return a + b" run "return -a" run "local t = {} return -t.x" run "return #a" run "local a return #a" run "local t = {} return #t.x" run "return 1 + true" run "return 'a' + 1" run "return 1 + 'a'" run "return {} + {}" run "local a = 1 return a.x + 1" run "return 2 ^ nil" run "return nil % 2" run "local a = '10' return a + {}" run "return (1)[2] + 1" run "return ('x') + 1" run "return (function() end) + 1"
-- check: names of what is concatenated
run "local a return a .. 'x'" run "local a return 'x' .. a" run "return 'x' .. a" run "return a .. 'x'" run "return 'x' .. a .. 'y'" run "local t = {} return t .. 'x'" run "local t = {} return 'x' .. t.y" run "return 'x' .. {}" run "return 'x' .. true" run "return {} .. {}" run "return 1 .. nil" run "local a, b = 'x' return a .. b" run "local a, b = 'x' return b .. a" run "local a, b, c = 1, 2 return a .. b .. c" run "local up return (function() return 'x' .. up end)()" run "return print .. 'x'"
-- check: comparisons
run "return 1 < 'x'" run "return 'x' < 1" run "return {} < {}" run "return {} < 1" run "return nil < 1" run "return nil <= nil" run "return true < false" run "return print <= print" run "local a, b = {}, 'x' return a > b" run "return 1 >= {}" run "return io.stdout < io.stdout" run "return io.stdout < 1" run "return coroutine.create(print) < 1" run "if 1 < nil then end" run "while {} < 1 do end"
-- check: loops
run "for i = 'a', 2 do end" run "for i = 1, 'a' do end" run "for i = 1, 2, 'a' do end" run "for i = nil, 2 do end" run "for i = 1, {} do end" run "for i = 1, 2, nil do end" run "for i = '1', '2' do io.write(i, ' ') end print()" run "for i = 1, 2, 0 do return 'never' end return 'none'" run "for i = {}, {}, {} do end" run "for i = 1, print do end" run "for i = 1, 0, 'x' do end"
-- check: wrong arguments of functions
try(string.rep) try(string.rep, "x", {}) try(string.sub) try(("x").rep, "x", "y") try(string.char, -1) try(string.char, 256) try(string.char, "x") try(string.byte, {}) try(math.floor, {}) try(math.floor) try(math.max) try(math.random, 0) try(math.random, 2, 1) try(math.random, 1, 2, 3) try(table.concat, {}, 1, 2, 3) try(table.concat, { {} }) try(table.concat, { 1, 2, nil, 4 }, ",", 1, 4) try(table.insert, {}) try(table.insert, {}, 1, 2, 3) try(table.insert, {}, 5, 5) try(table.insert, nil, 1) try(table.remove, {}, 5) try(table.unpack) try(table.unpack, {}, 1, 1e8) try(setmetatable, 1, 2) try(tonumber) try(tonumber, "1", 1) try(tonumber, "1", 37) try(tonumber, 1, 10) try(tonumber, {}, 10) try(select, 0) try(select, -5, 1) try(select) try(select, "x") try(rawset, {}, nil, 1) try(rawset, {}, 0/0, 1) try(rawget, 1, 2) try(rawequal, 1) try(collectgarbage, "nothing") try(error) try(assert) try(assert, false) try(assert, nil, "msg") try(assert, false, {}) try(assert, false, nil) try(assert, 1, 2, 3)
-- check: wrong arguments of methods
local f = io.tmpfile() try(f.read, 5) try(f.seek, f, "bad") try(f.seek, f, "set", "x") try(f.setvbuf, f, "bad") try(f.lines, 5) try(function() f:seek("bad") end) try(function() f:read("*x") end) try(function() f:read({}) end) try(function() f.read() end) try(function() ("x"):rep() end) try(function() ("x"):rep({}) end) try(function() ("x").rep() end) try(function() string.rep("x", {}) end) try(function() ("x"):bad() end) f:close() try(function() f:read() end) try(f.close, f) try(tostring, f) print(io.type(f))
-- check: names of wrong functions
local t = { f = string.rep } try(function() t.f() end) try(function() t:f() end) local function call(g) g() end try(call, string.rep) local up = string.rep try(function() up() end) try(function() (string.rep)() end) try(pcall(string.rep) and 1 or string.rep) g = string.rep try(function() g() end) try(function() return g() end) try(function() return (g()) end) g = nil local co = coroutine.wrap(string.rep) try(co) local mt = setmetatable({}, { __index = string.rep, __add = string.rep, __call = string.rep }) try(function() return mt.x end) try(function() return mt + 1 end) try(function() return mt() end)
-- check: nil and NaN keys
run "local t = {} t[nil] = 1" run "local t = {} t[0/0] = 1" run "return { [nil] = 1 }" run "return { [0/0] = 1 }" run "return ({})[nil]" run "return ({})[0/0]" run "rawset({}, nil, 1)" run "local t = setmetatable({}, { __newindex = function() return end }) t[nil] = 1 t[0/0] = 2 return 'ok'"
-- check: error
try(error) try(error, nil) try(error, "m") try(error, "m", 0) try(error, "m", 1) try(error, "m", 2) try(error, "m", 99) try(error, 5) try(error, 5, 1) try(error, {}, 2) try(error, true) try(error, "m", "1") try(error, "m", {}) local function f() error("level 1") end try(f) local function g() error("level 2", 2) end try(function() g() end) local function h() error(5, 2) end try(function() h() end) try(function() error() end) try(function() error(nil, 2) end) try(function() error(setmetatable({}, { __tostring = function() return "object" end })) end)
-- check: positions
run "\n\nerror('x')" run "local function f()\n error('x', 2)\n end\n\n f()" run "x = 1\ny = x.z.w" run "local a = {}\nlocal b = a\n  .x\n  .y" run "return 1 +\n nil" run "return (\n1\n)\n+\nnil" run "f(\n1,\n2)" run "local t = {\n1,\n2 + nil,\n}" run "local s = 'a'\n..\nnil" run "print(\nx.y)" run "for i = 1,\n 'x' do\n end" run "local function f()\nreturn g()\nend\nf()" run "if\nnil .. 'x'\nthen\nend"
-- check: assert and its results
print(assert(1, 2, 3)) print(select("#", assert(true))) try(assert, false, "m", 5) try(assert, nil) try(assert, false, 5) try(assert, false, {}) try(assert, false, print) try(assert) print(pcall(assert, 0), pcall(assert, ""))
-- check: pcall and xpcall
print(pcall(pcall, error)) print(pcall(function(...) return select("#", ...), ... end, 1, nil, 3)) try(pcall) print(xpcall(function(...) return ... end, print, 1, 2, 3)) print(xpcall(error, function(m) return "H" .. tostring(m) end, "msg", 0)) print(xpcall(function() error("x", 0) end, function(m) return m, 2, 3 end)) print(xpcall(function() error() end, function(m) return m == nil end)) print(xpcall(function() local x = nil + 1 end, function(m) return m:upper() end)) try(xpcall) try(xpcall, print) print(xpcall(print, nil, 1)) print(xpcall(error, nil, 1)) print(xpcall(error, 5, 1)) print(xpcall(nil, function(m) return m end)) print(pcall(nil)) print(pcall(5)) print(xpcall(5, debug.traceback))
-- check: errors in message handlers
print(xpcall(error, function() error("again") end, "x")) print(xpcall(error, function() local x = nil + 1 end, "x")) print(xpcall(error, error, "x")) local n = 0 print(xpcall(error, function(m) n = n + 1 if n < 5 then error(m .. n, 0) end return m end, "x", 0)) print(n) print(xpcall(error, {}, "x"))
-- check: errors in coroutines
local co = coroutine.create(function() local x = nil; x.y = 1 end) print(coroutine.resume(co)) print(coroutine.status(co)) print(debug.traceback(co)) local w = coroutine.wrap(function() error("in wrap") end) try(w) w = coroutine.wrap(function() error({ 1 }) end) print(type(select(2, pcall(w)))) w = coroutine.wrap(function() error() end) try(w) w = coroutine.wrap(function() coroutine.yield() end) w() w() try(w) w = coroutine.wrap(function() error("level two", 2) end) try(function() w() end) local inner co = coroutine.create(function() coroutine.wrap(function() error("deep", 0) end)() end) print(coroutine.resume(co))
-- check: tracebacks of Lua functions
local function a() error("in a") end local function b() a() end function c() b() end print(select(2, xpcall(c, debug.traceback))) local t = { m = function(self) c() end } print(select(2, xpcall(function() t:m() end, debug.traceback))) print(select(2, xpcall(function() t.m() end, debug.traceback))) local up = c print(select(2, xpcall(function() up() end, debug.traceback)))
-- check: tracebacks of tail calls
local function f() error("in f") end local function g() return f() end local function h() g() end print(select(2, xpcall(h, debug.traceback))) local function loop(n) if n == 0 then return debug.traceback("deep") end return loop(n - 1) end print(loop(5)) print((loop(5)))
-- check: tracebacks of native functions
print(select(2, xpcall(string.rep, debug.traceback))) print(select(2, xpcall(table.sort, debug.traceback, { 3, 2, 1 }, function(a, b) error("cmp", 0) end))) print(select(2, xpcall(string.gsub, debug.traceback, "x", "x", function() error("sub", 0) end))) print(select(2, xpcall(function() for _ in pairs(nil) do end end, debug.traceback))) print(select(2, xpcall(function() dofile("/nonexistent") end, debug.traceback))) print(select(2, xpcall(function() require("nothing.at.all") end, function(m) return (debug.traceback("R")) end)))
-- check: tracebacks through metamethods
local mt = { __add = function() error("add", 0) end, __index = function() error("index", 0) end, __lt = function() error("lt", 0) end, __concat = function() error("concat", 0) end, __len = function() error("len", 0) end, __unm = function() error("unm", 0) end, __eq = function() error("eq", 0) end, __newindex = function() error("newindex", 0) end, __call = function() error("call", 0) end } local t, u = setmetatable({}, mt), setmetatable({}, mt) for _, f in ipairs { function() return t + 1 end, function() return t.x end, function() return t < u end, function() return t .. "x" end, function() return #t end, function() return -t end, function() return t == u end, function() t.x = 1 end, function() t() end, function() for i in t do end end } do print(select(2, xpcall(f, debug.traceback))) end
-- check: arguments of traceback
print(debug.traceback()) print(debug.traceback("m")) print(debug.traceback("m", 0)) print(debug.traceback("m", 1)) print(debug.traceback("m", 2)) print(debug.traceback("m", 50)) print(debug.traceback("m", -1)) print(debug.traceback(5)) print(debug.traceback(nil)) print(debug.traceback(nil, 1)) print(debug.traceback({}) ~= nil, debug.traceback(true), debug.traceback(print) == print) try(debug.traceback, "m", "x") try(debug.traceback, coroutine.create(print), "m", {}) print(debug.traceback(coroutine.create(print))) print(debug.traceback(coroutine.running(), "m"))
-- check: long tracebacks
local function deep(n) if n == 0 then return debug.traceback("m") end return (deep(n - 1)) end for _, n in ipairs { 5, 18, 19, 20, 21, 22, 23, 30, 100 } do print(n, deep(n)) end
-- check: names of functions in tracebacks
local function where() return debug.traceback("t", 1) end global = where print(where()) print((where())) print((global())) local t = { field = where, deep = { x = where } } print((t.field())) print((t.deep.x())) print((t:field())) print((t[1] or where)()) print(({ where })[1]()) package.loaded.mymodule = { exported = where } print((package.loaded.mymodule.exported())) string.extra = where print((string.extra())) print(pcall(where)) string.extra = nil
-- check: overflow of the stack
local function r() return 1 + r() end local ok, m = pcall(r) print(ok, m) local function loop() return pcall(loop) end local function s(n) return s(n + 1) + 1 end print(select(2, xpcall(s, function(m) return (m:gsub("\n.*", "")) end, 1))) local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) print(pcall(function() return t[1] end)) local t = setmetatable({}, { __tostring = function(t) return tostring(t) end }) print(pcall(tostring, t)) print(pcall(function() local function g() string.gsub("x", "x", g) end g() end)) print(pcall(function() local t = {} for i = 1, 300 do t = { t } end end)) print(pcall(function(...) return select("#", ...) end, table.unpack({}, 1, 2e5))) try(table.unpack, {}, 1, 1e7)
-- check: uncaught error
-- ends with an error
local function f() error("uncaught") end f()
-- check: uncaught error in a tail call
-- ends with an error
local function f() local x = nil; return x.y end return f()
-- check: uncaught error in a coroutine
-- ends with an error
coroutine.wrap(function() local t = {} t.a.b = 1 end)()
-- check: uncaught error with an object without text
-- ends with an error
error(setmetatable({}, { __tostring = function() return {} end }))
-- check: uncaught error in a finalizer
-- ends with an error
setmetatable({}, { __gc = function() error("finalizer") end }) collectgarbage()
-- check: uncaught error in a finalizer at the end
setmetatable({}, { __gc = function() error("finalizer") end }) setmetatable({}, { __gc = function() print "second" end })
-- check: uncaught boolean
-- ends with an error
error(true)
-- check: uncaught number
-- ends with an error
error(5)
-- check: uncaught false
-- ends with an error
error(false)
-- check: functions are named as globals
local own = { p = table.pack, q = table.remove } t = { m = { n = table.concat }, p = table.pack, q = table.remove } local insert = table.insert package.loaded.mod = { f = string.dump } local dump = string.dump string.dump = nil table = { unpack = unpack } for _, f in ipairs { t.q, t.m.n, insert, package.loadlib, getmetatable(io.stdout).read, setmetatable, dump } do io.write(tostring(select(2, pcall(f))), "\n") io.write(tostring(select(2, pcall(coroutine.wrap(f), 5))), "\n") end
