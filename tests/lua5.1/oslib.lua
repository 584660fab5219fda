-- The os library of 5.1.
local function try(f, ...) print(pcall(f, ...)) end

-- check: execute
print(os.execute("exit 3"), os.execute("true"), os.execute("false"), os.execute() ~= 0)
print(os.execute("kill -9 $$"))
try(os.execute, {})
-- check: exit
-- ends with an error
os.exit(7)
-- check: exit with a fraction
-- ends with an error
os.exit(3.9)
-- check: exit without a code
os.exit()
-- check: exit takes numbers only
-- ends with an error
try(os.exit, true)
try(os.exit, "x")
os.exit("4")
-- check: remove and rename
io.open("f", "w"):close()
print(os.rename("f", "g"), os.rename("f", "h"))
print(os.remove("g"), os.remove("g"))
print(os.rename("nothing", "x"))
try(os.remove)
try(os.rename, "x")
-- check: getenv, tmpname, clock
print(os.getenv("NO_SUCH_VARIABLE"), type(os.getenv("PATH")), type(os.clock()))
try(os.getenv)
local name = os.tmpname()
print(name:match("^/tmp/lua_%w+$") ~= nil, os.remove(name))
-- check: setlocale
print(os.setlocale(), os.setlocale("C"), os.setlocale(nil, "collate"), os.setlocale("no such locale"))
print(os.setlocale("", "numeric") ~= nil, os.setlocale("C"))
try(os.setlocale, "C", "weather")
try(os.setlocale, {})
-- check: date
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 86400), os.date("!%x %X %p", 3600))
print(os.date("!%A %a %B %b %d %j %U %w %W %y %%", 1e9))
print((os.date("!%Ex|%Od|%e|%D", 1e9)))
print(#os.date("!%Q", 0) >= 0, os.date("", 0), os.date("!", 0), os.date("plain", 0))
print(os.date("!%d\0%d", 0) == "01")
-- check: date as a table
local t = os.date("!*t", 1e9)
local names = {}
for name in pairs(t) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do print(name, t[name]) end
print(os.date("!*tail", 0).year)
-- check: wrong dates
try(os.date, {})
try(os.date, "%d", "x")
try(os.date, "!%d", 1e18)
try(os.date, "!*t", 1e18)
-- check: time
print(os.time { year = 2001, month = 9, day = 9, hour = 1, min = 46, sec = 40, isdst = false })
print(os.time { year = "2001", month = "9", day = "9" } == os.time { year = 2001, month = 9, day = 9, hour = 12 })
local t = { year = 2001, month = 14, day = -3, hour = 30 }
print(os.date("%Y-%m-%d %H", os.time(t)), t.month, t.day)
print(os.time { year = 2001.9, month = 9.5, day = 9 } == os.time { year = 2001, month = 9, day = 9 })
-- check: wrong times
try(os.time, {})
try(os.time, { year = 2001 })
try(os.time, { year = 2001, month = 1 })
try(os.time, { year = "x", month = 1, day = 1 })
try(os.time, 5)
print(os.time { year = 1e9, month = 1, day = 1 })
-- check: difftime
print(os.difftime(10, 4), os.difftime(10), os.difftime(1.5, 1))
try(os.difftime)
try(os.difftime, "x")
-- check: a percent sign at the end of a date's format stays
for _, format in ipairs { "%", "a%", "%%", "%%%", "", "!", "!%H%", "!%H%%", "a\0b%" } do print(pcall(os.date, format, 0)) end
