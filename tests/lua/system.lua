-- The os library: dates, times, files, processes, locale.
-- ends with an error
local function try(f, ...) print(pcall(f, ...)) end
local keys = {} for k in pairs(os) do keys[#keys + 1] = k end table.sort(keys) print(table.concat(keys, " "))
-- dates in UTC; every conversion
local t = 1700000000
for c in ("aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%"):gmatch(".") do print(c, os.date("!%" .. c, t)) end
for c in ("Ec EC Ex EX Ey EY Od Oe OH OI Om OM OS Ou OU OV Ow OW Oy"):gmatch("%S+") do print(c, os.date("!%" .. c, t)) end
for _, s in ipairs { "%", "%E", "%O", "%Ez", "%Oc", "%q", "%|", "%Q rest", "%E rest", "%é", "%\0", "x%", "%Ea", "%EEc", "%1", "%-d", "%_d", "%5Y", "%k", "%l", "%s", "%P", "%L", "%f", "%N", "%i", "%v", "%+" } do try(os.date, s, 0) end
print(os.date("!", t), os.date("!plain \0 text", t):byte(1, -1))
print(os.date("!%Y-%m-%d %H:%M:%S", 0)); print(os.date("!%H%%%M", t)); print(os.date("!" .. ("%Y"):rep(300), t) == ("2023"):rep(300))
print(type(os.date("!*t\0x", 0)), type(os.date("*t")), type(os.date("!*t"))); print(os.date("!*tx", 0)); print(os.date("", 0) == "")
local function dump(d) local k = {} for n in pairs(d) do k[#k + 1] = n end table.sort(k) for i, n in ipairs(k) do k[i] = n .. "=" .. tostring(d[n]) end print(table.concat(k, " ")) end
dump(os.date("!*t", 0)); dump(os.date("!*t", t)); dump(os.date("!*t", -1)); dump(os.date("!*t", 2^40 // 1)); dump(os.date("*t", t))
try(os.date, "%Y", "x"); try(os.date, "%Y", 1.5); try(os.date, {}); try(os.date, "*t", math.maxinteger); try(os.date, "%Y", math.mininteger); try(os.date, "!%Y", 2^50 // 1); print(#os.date("%Y", nil))
-- times
local function at(d) return pcall(os.time, d) end
print(at { year = 2000, month = 1, day = 1, hour = 0 }); print(at { year = 2000, month = 1, day = 1 }); print(at { year = 2000, month = 13, day = 32, hour = 25, min = 61, sec = 61 }); print(at { year = 2000, month = 0, day = 0 }); print(at { year = "2000", month = "01", day = "1" }); print(at { year = 2000.0, month = 1, day = 1 })
print(at {}); print(at { year = 2000 }); print(at { year = 2000, month = 1 }); print(at { year = 2000, month = 1, day = 1.5 }); print(at { year = 2000, month = 1, day = "x" }); print(at { year = 2000, month = {}, day = 1 }); print(at { year = 2000, month = 1, day = 1, hour = "x" }); print(at { year = 2000, month = 1, day = 1, sec = true })
for _, y in ipairs { math.maxinteger, math.mininteger, 2^31 // 1, 2^31 // 1 + 1899, -2^31 // 1 + 1900, -2^31 // 1 + 1899 } do print(at { year = y, month = 1, day = 1 }) end
print(at { year = 2000, month = 2^31 // 1, day = 1 }); print(at { year = 2000, month = 2^31 // 1 + 1, day = 1 }); print(at { year = 2000, month = -2^31 // 1, day = 1 }); print(at { year = 2000, month = 1, day = 2^31 // 1 }); print(at { year = 1969, month = 12, day = 31, hour = 23, min = 59, sec = 59 })
local d = { year = 2023, month = 14, day = -3, hour = 30, min = -5, sec = 100, isdst = false, other = 1 }
print(os.time(d)); dump(d); d.isdst = true; print(pcall(os.time, d)); dump(d); d.isdst = nil; print(os.time(d)); dump(d)
print(at(setmetatable({}, { __index = { year = 2001, month = 2, day = 3 } }))); try(os.time, 1); try(os.time, "x"); print(math.type(os.time()), os.time() - os.time(nil) <= 1); print(os.time(os.date("*t", t)) == t)
print(os.difftime(10, 4), os.difftime(4, 10)); try(os.difftime); try(os.difftime, 1); try(os.difftime, 1, "x"); try(os.difftime, 1.5, 1); try(os.difftime, "10", "4")
print(math.type(os.clock()), os.clock() >= 0)
-- environment, files, processes
print(os.getenv("RELUA_NO_SUCH_VARIABLE"), type(os.getenv("PATH"))); try(os.getenv); try(os.getenv, {}); print(type(os.getenv("PATH\0x")))
print(os.remove("/nonexistent/file")); try(os.remove); try(os.rename, "x"); print(os.rename("/nonexistent/a", "/nonexistent/b"))
local n = os.tmpname(); print(n:match("^/tmp/lua_%w%w%w%w%w%w$") ~= nil, io.open(n) ~= nil, os.remove(n))
print(os.execute()); print(os.execute("exit 0")); print(os.execute("exit 7")); print(os.execute("kill -15 $$")); try(os.execute, {}); print(os.execute("false")); print(os.execute("")); print(os.execute(nil))
print(os.setlocale(), os.setlocale(nil), os.setlocale("C"), os.setlocale(nil, "all"), os.setlocale("xx_NOPE"), os.setlocale("", "numeric") ~= nil, os.setlocale("C", "numeric"), os.setlocale(nil, "collate"), os.setlocale("POSIX", "time"))
try(os.setlocale, "C", "bad"); try(os.setlocale, {}); try(os.setlocale, nil, 1)
try(os.exit, {}); try(os.exit, "x"); try(os.exit, 1.5)
setmetatable({}, { __gc = function() print("finalizer at exit") end })
io.stdout:setvbuf("full"); io.write("unflushed\n")
coroutine.wrap(function() local x <close> = setmetatable({}, { __close = function() print("closed") end }); os.exit(5, true) end)()
