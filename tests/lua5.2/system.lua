-- Files and the operating system, as 5.2 has them.
local plain = print
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end
local function file(text) local name = os.tmpname() local f = assert(io.open(name, "wb")) f:write(text) f:close() return name end
local function hide(...) local t = table.pack(...) for i = 1, t.n do if type(t[i]) == "string" then t[i] = t[i]:gsub("/tmp/lua_%w+", "TMP") end end print(table.unpack(t, 1, t.n)) end

-- check: reading formats
local name = file "first line\nsecond\n\n123 0x1F -4.5e1 abc\nlast without end" local f = io.open(name) print(f:read()) print(f:read("*l")) print(f:read("*L")) print(f:read("*n", "*n", "*n")) print(f:read("*n")) print(f:read(3), f:read(0), f:read("*l")) print(f:read("*a")) print(f:read("*a")) print(f:read("*l"), f:read(0), f:read(5)) f:seek("set") print(f:read("*l", "*L", 5)) try(f.read, f, "*x") try(f.read, f, "l") try(f.read, f, "x") try(f.read, f, {}) try(f.read, f, "*") try(f.read, f, -1) f:close() os.remove(name)
-- check: reading numbers
for _, s in ipairs { "12", " 12 ", "1e5", "1e", "0x10", "0x", ".5", "5.", "-", "+3", "--3", "1,5", "nan", "inf", "abc", "", "0x1p4", "1e+", "12abc", "0x1.8p1" } do local name = file(s) local f = io.open(name) print(("%q"):format(s), f:read("*n"), f:read("*a")) f:close() os.remove(name) end
-- check: lines
local name = file "a\nb\n\nc" for l in io.lines(name) do io.write("[", l, "]") end print() for l in io.lines(name, "*L") do io.write("[", l, "]") end print() for a, b in io.lines(name, 1, 2) do io.write("[", a, tostring(b), "]") end print() local f = io.open(name) for l in f:lines() do io.write("[", l, "]") end print(io.type(f)) f:seek("set") for l in f:lines("*a") do io.write("[", l, "]") break end f:close() try(f.lines, f) local it = io.lines(name) while it() do end try(it) try(io.lines, name, "bad") try(io.lines, name, {}) hide(pcall(io.lines, "/nonexistent")) it = io.lines(name, "*x") try(it) print(select("#", io.lines(name))) os.remove(name)
-- check: too many formats
local name = file "x" local many = {} for i = 1, 17 do many[i] = 0 end print(type(io.lines(name, table.unpack(many)))) many[18] = 0 try(io.lines, name, table.unpack(many)) os.remove(name)
-- check: writing
local name = os.tmpname() local f = io.open(name, "w") print(f:write("a", 1, 2.5, 1e15, -0.0, 2^53) == f) try(f.write, f, {}) try(f.write, f, nil) try(f.write, f, true) try(f.write) print(f:write() == f) f:close() print(io.open(name):read("*a")) f = io.open(name, "a") f:write("+") f:close() print(io.open(name):read("*a")) f = io.open(name, "r+") f:write("X") f:seek("end") f:write("Y") f:seek("set", 1) print(f:read(2)) f:close() f = io.open(name) print((select("#", f:write("x"))), (f:write("x"))) f:close() os.remove(name)
-- check: seek
local name = file "0123456789" local f = io.open(name) print(f:seek(), f:seek("end"), f:seek("set", 3), f:read(2), f:seek("cur"), f:seek("cur", -1), f:read(1), f:seek("set"), f:seek("end", -2), f:read("*a")) hide(f:seek("set", -1)) try(f.seek, f, "bad") try(f.seek, f, "set", "x") try(f.seek, f, "set", 1.5) try(f.seek, f, 5) try(f.seek, f, "set", 2^53) f:close() os.remove(name)
-- check: modes of open
local name = file "x" for _, m in ipairs { "r", "w", "a", "r+", "w+", "a+", "rb", "wb", "r+b", "rb+", "rw", "", "x", "rr", "b", "r+bb", "rt", " r" } do local ok, f = pcall(io.open, name, m) print(m, ok, ok and io.type(f) or f) if ok and f then f:close() end end hide(io.open("/nonexistent/file", "w")) hide(io.open("/nonexistent")) try(io.open) try(io.open, {}) try(io.open, "x", {}) os.remove(name)
-- check: types of files
local f = io.tmpfile() print(io.type(f), io.type(io.stdout), io.type(5), io.type("file"), io.type {}) f:close() print(io.type(f), tostring(f)) try(io.type) try(f.close, f) try(f.read, f) try(f.write, f, "x") try(f.seek, f) try(f.flush, f) try(f.setvbuf, f, "no") try(tostring, f) print(getmetatable(io.stdout).__name, getmetatable(io.stdout).__index == getmetatable(io.stdout), type(getmetatable(io.stdout).__gc), type(getmetatable(io.stdout).__tostring)) local k = {} for n in pairs(getmetatable(f)) do k[#k + 1] = n end table.sort(k) print(table.concat(k, " "))
-- check: default files
local name = os.tmpname() print(io.output() == io.stdout, io.input() == io.stdin) local old = io.output() print(io.type(io.output(name))) io.write("to the ", "default") print(io.close()) old = io.output(old) print(io.input(name) ~= nil, io.read("*l"), io.read("*l"), io.read(0)) io.close(io.input()) try(io.read) io.input(io.stdin) hide(pcall(io.input, "/nonexistent")) hide(pcall(io.output, "/nonexistent/x")) try(io.input, 5 and {}) try(io.close, 5) os.remove(name)
-- check: closed default output
local name = os.tmpname() io.output(name) io.close() print(pcall(io.write, "x")) print(pcall(io.close)) print(pcall(io.flush)) io.output(io.stdout) os.remove(name)
-- check: pipes
local p = io.popen("echo one; echo two; exit 3") print(p:read("*a")) print(p:close()) p = io.popen("cat > /dev/null", "w") print(p:write("x") == p, p:close()) p = io.popen("kill -9 $$") print(p:close()) print(io.popen("true"):close()) try(io.popen) try(io.popen, {}) print(pcall(io.popen, "true", "rw") == false or "accepted") for l in io.popen("printf 'a\\nb'"):lines() do io.write(l, " ") end print()
-- check: buffering
local name = os.tmpname() local f = io.open(name, "w") print(f:setvbuf("no"), f:setvbuf("full", 1024), f:setvbuf("line")) try(f.setvbuf, f) try(f.setvbuf, f, "bad") print(f:flush() == f, io.flush() ~= nil) f:close() os.remove(name)
-- check: lines with NULs
local name = file "a\0b\nc\0\nd" for l in io.lines(name) do io.write(#l, " ") end print() local f = io.open(name) print(#f:read("*a")) f:close() os.remove(name)
-- check: long lines
local name = file(("x"):rep(5000) .. "\n" .. ("y"):rep(100) .. "\n") for l in io.lines(name) do io.write(#l, " ") end print() local f = io.open(name) print(#f:read(4000), #f:read("*l"), #f:read("*L")) f:close() os.remove(name)
-- check: execute
print(os.execute("exit 0")) print(os.execute("exit 5")) print(os.execute("kill -15 $$")) print(os.execute()) try(os.execute, {})
-- check: remove and rename
local name = os.tmpname() print(os.rename(name, name .. ".x")) print(os.remove(name .. ".x")) hide(os.remove(name)) hide(os.rename(name, name)) try(os.remove) try(os.rename, "x") print(os.remove("/"))
-- check: getenv, clock, difftime
print(os.getenv("NO_SUCH_VARIABLE"), type(os.getenv("PATH")), type(os.clock()), os.difftime(10, 5), pcall(os.difftime, 10)) try(os.getenv) try(os.difftime) try(os.difftime, "x")
-- check: date
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 0), os.date("!%x %X %p", 3600), os.date("!%%", 0), os.date("!%j %U %w %a %A %b %B %d %y %Z", 86400 * 200)) local t = os.date("!*t", 1e9) print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst) print(os.date("!%Ex %Od", 0), os.date("", 0) == "") try(os.date, "%Q") try(os.date, "%E") try(os.date, "%") try(os.date, "%Ez", 0) try(os.date, {}) try(os.date, "%Y", {}) try(os.date, "*t", 2^60) try(os.date, "!%Y", -1) try(os.date, "!%Y", 1.5) print(#os.date("!%c%c%c%c%c%c%c%c%c%c", 0))
-- check: time
print(os.time { year = 2000, month = 1, day = 1, hour = 12 } - os.time { year = 2000, month = 1, day = 1, hour = 0 }) print(os.time { year = 2000, month = 1, day = 1 } == os.time { year = 2000, month = 1, day = 1, hour = 12, min = 0, sec = 0 }) print(os.time { year = 2000, month = 13, day = 1 } == os.time { year = 2001, month = 1, day = 1 }) print(os.time { year = 2000, month = 1, day = 40 } == os.time { year = 2000, month = 2, day = 9 }) local t = { year = 2000, month = 14, day = 1 } os.time(t) print(t.month, t.year, t.yday) try(os.time, {}) try(os.time, { year = 2000 }) try(os.time, { year = "x", month = 1, day = 1 }) try(os.time, { year = 2000, month = "1", day = "0x2" }) try(os.time, { year = 2000, month = 1.5, day = 1 }) try(os.time, 5) print(type(os.time()), pcall(os.time, { year = 1e10, month = 1, day = 1 })) print(pcall(os.time, { year = 2000, month = 1, day = 1, hour = 1e20 }))
-- check: setlocale
print(os.setlocale(), os.setlocale("C"), os.setlocale(nil, "all"), os.setlocale("", "numeric") ~= nil, os.setlocale("nonexistent")) try(os.setlocale, "C", "bad") try(os.setlocale, {})
-- check: exit with false
-- ends with an error
io.write("text") os.exit(false)
-- check: exit with a number
-- ends with an error
io.write("text") os.exit(300)
-- check: exit from a coroutine
-- ends with an error
coroutine.wrap(function() os.exit(4, true) end)()
-- check: exit closes
setmetatable({}, { __gc = function() print("closed") end }) os.exit(true, true)
-- check: exit does not close
setmetatable({}, { __gc = function() print("never") end }) os.exit(true)
-- check: wrong arguments of exit
try(os.exit, "x") try(os.exit, {})
