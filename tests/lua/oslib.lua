-- The os library.
local kind = math.type or type
local function try(f, ...) print(pcall(f, ...)) end

-- check: time of tables
print(os.time { year = 2024, month = 1, day = 1, hour = 0 }) print(os.time { year = 1970, month = 1, day = 1, hour = 12, min = 30, sec = 15 }) print(os.time { year = 2024, month = 14, day = -3 }) print(os.time { year = "2000", month = "2", day = "29" }) print(os.time { year = 2000, month = 1.0, day = 1 }) print(os.time { year = 1900, month = 1, day = 1 }) print(os.time { year = 2024, month = 7, day = 1, isdst = true } - os.time { year = 2024, month = 7, day = 1, isdst = false })
-- check: time normalizes its table
local t = { year = 2024, month = 14, day = 35, hour = 25, min = 61, sec = 61 } print(os.time(t)) print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst)
-- check: time errors
-- versions: 5.3+
try(os.time, {}) try(os.time, { year = 2024 }) try(os.time, { year = 2024, month = 1 }) try(os.time, { year = "x", month = 1, day = 1 }) try(os.time, { year = 1.5, month = 1, day = 1 }) try(os.time, { year = 2^40, month = 1, day = 1 }) try(os.time, { year = 2024, month = 1 << 33, day = 1 }) try(os.time, 5) try(os.time, "x") try(os.time, { year = {}, month = 1, day = 1 }) try(os.time, { year = 1 << 31, month = 1, day = 1 }) try(os.time, { year = math.maxinteger, month = 1, day = 1 }) try(os.time, { year = 2024, month = true, day = 1 }) try(os.time, { year = 2024, month = 1, day = 1, hour = "noon" }) try(os.time, { year = -(1 << 31), month = 1, day = 1 })
-- check: time now
print(kind(os.time()), os.time() > 1600000000, os.time() - os.time() <= 0)
-- check: date tables
local d = os.date("!*t", 0) print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst) d = os.date("*t", 1700000000) print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst) print(os.time(os.date("*t", 1234567890)))
-- check: date conversions
for c in ("aAbBcdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%"):gmatch "." do io.write(c, "=", os.date("!%" .. c, 1700000000), ";") end print() print(os.date("!%Y-%m-%d %H:%M:%S", 86399)) print(os.date("!%Ec %EC %Ex %EX %Ey %EY %Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy", 1700000000)) print(os.date("", 0) == "", os.date("!plain text", 0), os.date("!%%", 0), #os.date())
-- check: date errors
-- versions: 5.3+
try(os.date, "%") try(os.date, "%Q") try(os.date, "%E") try(os.date, "%EQ") try(os.date, "%O") try(os.date, "%Oa") try(os.date, "%5") try(os.date, "x%") try(os.date, "%Ea") try(os.date, {}) try(os.date, "%Y", "x") try(os.date, "%Y", 1.5) try(os.date, "%Y", 1 << 60) try(os.date, "*t", math.maxinteger) try(os.date, "!*t", 2^60) try(os.date, "%i") try(os.date, "%v") try(os.date, "%k")
-- check: dates far away
-- versions: 5.3+
print(os.date("!%Y-%m-%d", -1)) print(os.date("!%Y-%m-%d", -86400 * 365 * 100)) print(os.date("!%Y-%m-%d", 1 << 40)) print(os.date("!%c", 0)) print(os.date("!*t", -1).sec, os.date("*t", 3600.0).hour)
-- check: star t variants
print(type(os.date("*t")), type(os.date("!*t")), os.date("!*tx", 0).year, os.date("!*", 0), os.date("*x", 0))
-- check: clock and difftime
print(kind(os.clock()), os.clock() >= 0, os.difftime(10, 5), os.difftime(5, 10), kind(os.difftime(1, 0))) try(os.difftime) try(os.difftime, 1) try(os.difftime, "x", 1) try(os.difftime, 1.5, 1)
-- check: getenv
print(os.getenv("TZ"), os.getenv("NO_SUCH_VARIABLE_HERE"), os.getenv("LC_ALL")) try(os.getenv) try(os.getenv, {})
-- check: execute
print(os.execute("exit 0")) print(os.execute("exit 7")) print(os.execute("kill -15 $$")) print(os.execute()) print((os.execute("true"))) try(os.execute, {}) io.stdout:flush() os.execute("echo from shell")
-- check: remove and rename
local f = io.open("a", "w") f:close() print(os.rename("a", "b")) print(os.rename("a", "c")) print(os.remove("b")) print(os.remove("b")) print(os.remove("/no/such/file")) try(os.remove) try(os.rename, "x") try(os.rename) os.execute("mkdir d") print(os.remove("d")) os.execute("mkdir e; touch e/f") print(os.remove("e"))
-- check: tmpname
local n = os.tmpname() print(type(n), n:match("^/tmp/lua_%w%w%w%w%w%w$") ~= nil, io.open(n) ~= nil, os.remove(n))
-- check: setlocale
print(os.setlocale()) print(os.setlocale("C")) print(os.setlocale(nil, "all")) print(os.setlocale("no_such_locale")) print(os.setlocale("", "numeric")) for _, c in ipairs { "all", "collate", "ctype", "monetary", "numeric", "time" } do io.write(tostring(os.setlocale("C", c)), " ") end print() try(os.setlocale, "C", "bad") try(os.setlocale, {}) print(os.setlocale("POSIX"))
-- check: exit with success
-- versions: 5.2+
io.write("before") os.exit(true)
-- check: exit with failure
-- ends with an error
os.exit(false)
-- check: exit with code
-- ends with an error
os.exit(42)
-- check: exit closes the state
-- versions: 5.4+
local t <close> = setmetatable({}, { __close = function() print "closed" end }) setmetatable({}, { __gc = function() print "collected" end }) os.exit(0, true)
-- check: exit without closing
-- versions: 5.4+
local t <close> = setmetatable({}, { __close = function() print "closed" end }) setmetatable({}, { __gc = function() print "collected" end }) os.exit(0)
-- check: exit inside a coroutine with closing
-- versions: 5.4+
coroutine.wrap(function() local t <close> = setmetatable({}, { __close = function() print "closed in coroutine" end }) os.exit(true, true) end)()
-- check: exit in nested pcall
-- ends with an error
pcall(function() pcall(os.exit, 3) end)
-- check: exit arguments
-- versions: 5.3+
try(os.exit, "x") try(os.exit, 1.5) try(os.exit, {})
-- check: exit of 256
os.exit(256)
