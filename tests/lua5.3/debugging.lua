-- The debug library, tracebacks, os and io of 5.3.
local function try(f, ...) print(select(2, pcall(f, ...))) end
local function show(t) local l = {} for k, v in pairs(t) do l[#l + 1] = k .. "=" .. (type(v) == "function" and "function" or tostring(v)) end table.sort(l) print(table.concat(l, " ")) end

-- check: getinfo of a function
show(debug.getinfo(print))
show(debug.getinfo(function(a, b, ...) return show end))
show(debug.getinfo(1, "nSltu"))
-- check: getinfo of callers
local function inner() local i = debug.getinfo(1, "nSt") show(i) return debug.getinfo(2, "n") end
local t = { method = inner }
show(inner())
show(t.method())
show(t:method())
local function tail() return inner() end
tail()
-- check: getinfo of metamethods
local function name() local i = debug.getinfo(2, "n") return i.namewhat .. ":" .. tostring(i.name) end
local o = setmetatable({}, { __index = function() return name() end, __add = name, __lt = function() print(name()) end, __eq = function() print(name()) end, __concat = name, __len = name, __call = name, __unm = name, __band = name, __idiv = name, __newindex = function() print(name()) end })
print(o.x, o + 1, o .. "x", #o, -o, o & 1, o // 1)
local _ = o < o, o == setmetatable({}, getmetatable(o)), o <= o
o.y = 1
for _ in function() print(name()) end do end
-- check: getinfo errors
try(debug.getinfo)
try(debug.getinfo, 1, "X")
try(debug.getinfo, 1, "Sr")
try(debug.getinfo, "x")
print(debug.getinfo(100), (pcall(debug.getinfo, 1, "r")))
-- check: names in hooks and finalizers
debug.sethook(function(e) debug.sethook() local i = debug.getinfo(1, "n") print(e, i.namewhat, i.name) i = debug.getinfo(2, "n") print(i.namewhat, i.name) end, "c")
print "called"
setmetatable({}, { __gc = function() local i, j = debug.getinfo(1, "n"), debug.getinfo(2, "n") print(i.namewhat, i.name, j.namewhat, j.name) end })
collectgarbage()
-- check: locals
local function f(a, ...) local b = 2 do local c = 3 end print(debug.getlocal(1, 1), debug.getlocal(1, 2), debug.getlocal(1, 3), debug.getlocal(1, -1), debug.getlocal(1, -2), debug.getlocal(1, -3)) end
f("a", "x", "y")
print(debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(0, 1), debug.getlocal(print, 1))
try(debug.getlocal, 100, 1)
try(debug.getlocal, 1)
-- check: setlocal
local function g(a, ...) debug.setlocal(1, 1, "new") print(debug.setlocal(1, -1, "vararg"), a, ..., debug.setlocal(1, 9, 1)) end
g("old", "x")
-- check: upvalues
local x, y = 1, 2
local function h() return x, y end
print(debug.getupvalue(h, 1), debug.getupvalue(h, 3), debug.setupvalue(h, 1, 10), x, debug.upvalueid(h, 1) ~= debug.upvalueid(h, 2))
local function k() return y end
debug.upvaluejoin(h, 1, k, 1) print(h())
try(debug.upvalueid, h, 5)
try(debug.upvaluejoin, h, 5, k, 1)
try(debug.upvaluejoin, print, 1, k, 1)
print(debug.getupvalue(string.gmatch("x", "x"), 1))
-- check: user values
print(debug.getuservalue(io.stdout), debug.setuservalue(io.stdout, { 1 }) == io.stdout, debug.getuservalue(io.stdout)[1], debug.getuservalue(1), select("#", debug.getuservalue({})))
try(debug.setuservalue, {}, 1)
try(debug.setuservalue, io.stdout)
-- check: gethook and sethook
print(debug.gethook())
local function hook() end
debug.sethook(hook, "crl", 5)
local f, mask, count = debug.gethook() print(f == hook, mask, count)
debug.sethook()
print(debug.gethook(coroutine.create(print)))
-- check: hook events
local events = {}
debug.sethook(function(e, line) events[#events + 1] = e .. (line and ":" .. line or "") end, "crl")
local function a() return 1 end
local function b() return a() end
b()
math.abs(1)
debug.sethook()
print(table.concat(events, " "))
-- check: count hooks
local n = 0
debug.sethook(function() n = n + 1 end, "", 1)
for i = 1, 1000 do end
debug.sethook()
print(n > 1000 and n < 1020)
-- check: traceback
local function deep(n) if n == 0 then return debug.traceback("message") end local t = deep(n - 1) return t end
print(deep(3))
print(deep(30))
print(debug.traceback("m", 1), debug.traceback("m", 50), debug.traceback({}) ~= nil, debug.traceback(nil), debug.traceback(12))
-- check: traceback of functions
function global() print(debug.traceback("in global")) end
local t = { field = function() global() end }
function t:method() self.field() end
local function up() t:method() end
local function tail() return up() end
tail()
-- check: traceback of coroutines
local co = coroutine.create(function() local function inside() coroutine.yield() end inside() end)
coroutine.resume(co)
print(debug.traceback(co), debug.traceback(co, "m"), debug.traceback(co, nil), debug.traceback(co, "m", 1))
-- check: traceback through C
print(select(2, xpcall(function() table.sort({ 1, 2 }, function() error "in sort" end) end, debug.traceback)))
print(select(2, xpcall(function() ("x"):gsub(".", function() error "in gsub" end) end, debug.traceback)))
print(select(2, xpcall(function() return setmetatable({}, { __index = function() error "in index" end }).x end, debug.traceback)))
print(select(2, xpcall(function() for _ in function() error "in iterator" end do end end, debug.traceback)))
-- check: setmetatable of values
debug.setmetatable(1, { __index = { double = function(n) return n * 2 end }, __call = function(n, m) return n + m end })
print((5):double(), (5)(6))
debug.setmetatable(1, nil)
try(debug.setmetatable, 1, 1)
-- check: os.time
print(os.time { year = 2020, month = 1, day = 1, hour = 12 }, os.time { year = 2020, month = 14, day = -3, hour = 25, min = 61, sec = 61 })
try(os.time, { year = 2020 })
try(os.time, { year = 2020, month = 1 })
try(os.time, { day = 1, month = 1 })
try(os.time, { year = "x", month = 1, day = 1 })
try(os.time, { year = 2020, month = 1.5, day = 1 })
try(os.time, { year = 2020, month = 1, day = 1 << 40 })
try(os.time, { year = 1 << 31, month = 1, day = 1 })
try(os.time, { year = 2020, month = 1, day = 1 << 30 })
try(os.time, 5)
-- check: os.time normalises
local t = { year = 2020, month = 14, day = 35, hour = 30 }
os.time(t)
show(t)
-- check: os.date
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 86400), os.date("!%x %X %p %A %B %j %U %w %y %%", 1e9 // 1 | 0))
local d = os.date("!*t", 1000000000) print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
try(os.date, "%Q")
try(os.date, "%E")
try(os.date, "%Ez")
try(os.date, "%")
try(os.date, "*t", 1 << 60)
try(os.date, "%Y", 1.5)
-- check: os functions
print(os.getenv("NO_SUCH_VARIABLE"), os.rename("none", "other"), os.remove("none"), os.difftime(5, 3), os.execute() ~= nil, os.execute("exit 3"))
try(os.difftime)
try(os.difftime, 1)
try(os.setlocale, "C", "nothing")
print(os.setlocale(nil), os.setlocale("C"), os.setlocale("no such"))
-- check: io errors
try(io.open, "x", "rz")
try(io.open, "x", "rw")
try(io.lines, "none")
try(io.popen, "true", "x")
print(io.open("none"), io.type(1), io.type(io.stdout))
try(io.read, "x")
try(io.read, "*x")
try(io.stdout.close)
try(io.stdout.write)
try(io.stdout.seek, io.stdout, "nowhere")
-- check: io files
local name = os.tmpname()
local f = io.open(name, "w") print(f:write("12 0x1F -3.5e1 x\nline two\n\nlast") == f, f:seek("cur"), f:seek("set", 2), f:seek("end")) f:close()
print(pcall(f.write, f, "x"), io.type(f), tostring(f))
f = io.open(name) print(f:read("n", "n", "n", "n")) print(f:read("l", "L", "l", "a", "a", "l")) f:close()
f = io.open(name) print(f:read("*l", "*L", 3, 0)) print(f:seek("set"), #f:read("a"), f:read(0), f:read(1)) f:close()
for a, b in io.lines(name, 1, "l") do io.write(a, "|", tostring(b), ";") end print()
print(pcall(function() for l in io.lines(name) do error(l) end end))
print(select("#", io.lines(name)))
io.input(name) print(io.read()) io.close(io.input())
try(io.read)
try(io.lines)
io.output(name) io.write("new") io.close()
try(io.write, "x")
os.remove(name)
-- check: integers and floats in files
local name = os.tmpname()
local f = io.open(name, "w") f:write(1, " ", 1.0, " ", 2^63, " ", -0.0) f:close()
f = io.open(name) print(f:read("n", "n", "n", "n")) f:close() os.remove(name)
-- check: package
package.path, package.cpath = "./?.lua;./?/init.lua", "./?.so"
print(package.config, type(package.searchers), package.loaders, #package.searchers, package.searchpath("x", "?;;./?.none;?/?"))
try(require, "no.such.module")
package.preload.mine = function(...) print(...) return "loaded" end
print(require "mine", require "mine", package.loaded.mine, select("#", require "mine"))
package.path = 5 print(pcall(require, "another")) package.path = nil print(pcall(require, "another"))
print(package.loadlib("none.so", "f"))
-- check: integer division and modulo by variables in tracebacks
local function divide(a, b) return a // b end
print(pcall(divide, 1, 0), pcall(divide, 1, 0.0), pcall(divide, "1", 0), pcall(divide, {}, 0))
