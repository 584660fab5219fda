-- Strings, utf8, numbers and the other libraries, as 5.5 has them.

-- check: utf8.offset, forwards
local s = "aé€😀z" for n = 0, 7 do print(n, utf8.offset(s, n)) end
-- check: utf8.offset, backwards
local s = "aé€😀z" for n = -1, -7, -1 do print(n, utf8.offset(s, n)) end
-- check: utf8.offset from a place
local s = "aé€😀z" for _, i in ipairs{1, 2, 4, 7, 11, 12, -1, -5} do for n = -2, 2 do print(i, n, pcall(utf8.offset, s, n, i)) end end
-- check: utf8.offset of what is no text
print(pcall(utf8.offset, "\x80", 1)) print(pcall(utf8.offset, "a\x80\x80", 1, 2)) print(utf8.offset("a\x80\x80", 0, 3)) print(utf8.offset("\xff\xff", 2)) print(pcall(utf8.offset, "abc", 1, 5)) print(pcall(utf8.offset, "abc", 1, -4)) print(utf8.offset("", 0)) print(utf8.offset("", 1)) print(utf8.offset("", -1)) print(pcall(utf8.offset, "x")) print(pcall(utf8.offset, "x", 1.5))
-- check: utf8.offset of long sequences
local s = utf8.char(0x7FFFFFFF, 0x3FFFFFF, 0x1FFFFF) for n = 1, 4 do print(utf8.offset(s, n)) end
-- check: utf8 functions
print(utf8.char(72, 228, 8364, 128512), utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*") print(utf8.len("aé€"), utf8.len("\xff"), utf8.len("aé", 3), utf8.len("abc", 4), pcall(utf8.len, "abc", 5)) print(utf8.codepoint("aé€", 1, -1)) print(pcall(utf8.codepoint, "é", 2)) for p, c in utf8.codes("aé€") do io.write(p, ":", c, " ") end print(pcall(function() for _ in utf8.codes("a\xff") do end end)) print(utf8.codepoint("\u{7FFFFFFF}", 1, 1, true), pcall(utf8.codepoint, "\u{7FFFFFFF}"))
-- check: sizes of strings
print(pcall(string.rep, "x", -1)) print(pcall(string.rep, "", 1e9 // 1 | 0)) print(pcall(string.rep, "abc", math.maxinteger // 2)) print(pcall(string.rep, "x", 1 << 62, "yy"))
-- check: string.pack
print(string.pack("<i3", -2):byte(1, -1)) print(pcall(string.pack, "i0", 1)) print(pcall(string.pack, "i17", 1)) print(pcall(string.pack, "i1", 128)) print(pcall(string.pack, "z", "a\0b")) print(pcall(string.pack, "s1", ("x"):rep(256))) print(pcall(string.unpack, "i4", "abc")) print(pcall(string.unpack, "z", "abc")) print(string.unpack("<I2", "\1\2\3", 2)) print(pcall(string.unpack, "i4", "abcd", 7)) print(string.packsize("i4i8!8d"), pcall(string.packsize, "s")) print(pcall(string.pack, "q", 1)) print(pcall(string.packsize, "c" .. math.maxinteger))
-- check: string.format
print(("%5d|%-5d|%05d|%+d|% d"):format(42, 42, 42, 42, 42)) print(("%x %X %#x %o"):format(255, 255, 255, 8)) print(("%10.3s|%-10s|%s"):format("abcdef", "x", nil)) print(("%q"):format("a\nb\0c\"\\\r\1\0012")) print(pcall(string.format, "%q", {})) print(pcall(string.format, "%d", "x")) print(pcall(string.format, "%y", 1)) print(pcall(string.format, "%", 1)) print(pcall(string.format, "%d")) print(pcall(string.format, "%0100d", 1)) print(("%c%c"):format(65, 66), ("%%"):format(), ("%i"):format(3.0), ("%u"):rep(0)) print(pcall(string.format, "%10q", "x")) print(("%s"):format(setmetatable({}, {__tostring = function() return "T" end}))) print(pcall(string.format, "%s", setmetatable({}, {__tostring = function() return 1 end})))
-- check: patterns
print(("hello world"):find("o w"), ("hello"):find("l+"), ("a.b"):find(".", 2, true), ("x"):find("")) print(("key = value"):match("^(%w+)%s*=%s*(%w+)$")) print(("abc"):gsub("%w", "%0%0"), ("abc"):gsub("", "-"), ("hello"):gsub("l", {l = "L"}), ("abc"):gsub("b", function() return false end)) print(pcall(string.gsub, "x", "x", "%2")) print(pcall(string.find, "x", "[")) print(pcall(string.find, "x", "%")) print(pcall(string.rep)) print(pcall(string.gsub, "x", "(", "")) print(("f(a(b)c)"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("  x "):match("^%s*(.-)%s*$") .. "|") print(("x"):gsub("x", "%%")) print(pcall(string.gsub, "x", "x", "%")) print(("abc"):gsub("(b)()", "%2%1"))
-- check: random numbers
math.randomseed(42) local a = {} for i = 1, 8 do a[i] = math.random(1000) end print(table.concat(a, " ")) math.randomseed(42) print(math.random(), math.random(10), math.random(-5, 5), math.random(0)) print(pcall(math.random, 0, -1)) print(pcall(math.random, 1, 2, 3)) print(pcall(math.random, 0.5)) math.randomseed(1, 2) print(math.random(1 << 40)) math.randomseed(1.0) print(math.random(100)) print(pcall(math.randomseed, "x")) print(pcall(math.randomseed, 1, 1.5))
-- check: seeds that are floats
print(pcall(math.randomseed, 1.5)) print(pcall(math.randomseed, 2^70)) math.randomseed(2^60) print(math.random(1000000)) math.randomseed(42) print(math.randomseed(7))
-- check: math functions
print(math.tointeger("8"), math.tointeger(8.0), math.tointeger(8.5), math.tointeger({}), math.tointeger("x")) print(math.ult(1, -1), math.abs(math.mininteger), math.fmod(-7, 3), math.fmod(7, -3), pcall(math.fmod, 1, 0)) print(math.max(1, 2.5), math.min(3, 1), pcall(math.max)) print(math.floor(-3.5), math.ceil(-3.5), math.floor(2^70), math.modf(3.7)) print(math.modf(-1 / 0), math.exp(0), math.log(8, 2), math.log(100, 10), math.log(1), math.sqrt(16), math.pi)
-- check: functions that come and go
local names = {} for name, f in pairs(math) do names[#names + 1] = name end table.sort(names) print(table.concat(names, " "))
-- check: what the libraries hold
for _, lib in ipairs{"string", "table", "os", "io", "coroutine", "debug", "utf8", "package"} do local names = {} for name in pairs(_G[lib]) do names[#names + 1] = name end table.sort(names) print(lib, table.concat(names, " ")) end
-- check: what is global
local names = {} for name in pairs(_G) do names[#names + 1] = name end table.sort(names) print(table.concat(names, " ")) print(_VERSION, _G._G == _G)
-- check: integer division and remainders
for _, a in ipairs{7, -7, 7.5, -7.5} do for _, b in ipairs{2, -2, 2.5, -2.5} do io.write(a // b, " ", a % b, " ") end print() end print(math.mininteger // -1, math.mininteger % -1, 1 // 0.0, -1 // 0.0, 5 % math.huge, -5 % math.huge, pcall(load "return 1 // 0"))
-- check: strings as numbers
print("10" + 5, "0x10" * 2, "1e1" // 1, " 5 " - 0, pcall(load "return 'x' + 1")) print(pcall(load "return '10' | 1")) print(pcall(load "local s = '3.0' return s & 7")) print(10 .. 20, -"2", - "0x10", pcall(load "return -'x'")) print("10" < "9", pcall(load "return '10' < 9"), 1 == "1", "abc" < "abd")
-- check: conversions
for _, s in ipairs{"0x", "1e", "", " ", "1 2", "0x1p", "1e+", "inf", "nan", "0b1", "1_000", "0x.p1", ".5", "5.", "0x.8p1", "1e400", "0x1p-1080", "  12  ", "12a", "\t1\n"} do io.write(("%q"):format(s), "=", tostring(tonumber(s)), " ") end print() print(tonumber("z", 36), tonumber("ff", 16), tonumber("8", 8), tonumber("-77", 8), tonumber("1.0", 10), pcall(tonumber, "1", 1), pcall(tonumber))
-- check: os and io
print(pcall(os.date, "%Ez")) print(os.date("!%Y-%m-%d %H:%M:%S", 0)) print(os.time{year = 2000, month = 1, day = 1, hour = 12} - os.time{year = 2000, month = 1, day = 1, hour = 11}) print(pcall(os.time, {year = 2000})) print(pcall(os.date, "%")) print(io.type(io.stdout), io.type(42)) print(pcall(io.lines, "none")) print(io.open "none") print(pcall(io.close)) 
-- check: writing tells how much was written
local f = assert(io.open("/dev/full", "w")) f:setvbuf "no" print(f:write("abc")) print(f:write("abc", "def")) print(f:write() == f) f:close()
-- check: reading numbers and lines
local f = io.open("n", "w") f:write("1 2.5 0x10 -7 1e2 nan x\nline\n\nlast") f:close() f = io.open "n" print(f:read("n", "n", "n", "n", "n", "n")) print(f:read("l")) print(f:read("L", "l", "l", "l")) print(f:read(0), f:read("a"), f:read("a"), f:read("l")) f:close() for a, b in io.lines("n", 1, 2) do io.write(a, "-", b, " ") break end print(pcall(io.lines, "n", "x") == false, pcall(function() for _ in io.lines("n", "x") do end end))
-- check: coroutines
local co = coroutine.create(function(...t) local a = coroutine.yield(t.n, ...) return a end) print(coroutine.resume(co, 1, 2)) print(coroutine.status(co), coroutine.isyieldable(co), coroutine.isyieldable()) print(coroutine.resume(co, "back")) print(coroutine.resume(co)) print(coroutine.status(co)) print(coroutine.wrap(function() return coroutine.running() ~= nil, select(2, coroutine.running()) end)()) print(pcall(coroutine.resume, 1)) print(pcall(coroutine.yield)) print(pcall(coroutine.create, 1)) print(coroutine.resume(coroutine.running()))
-- check: select and varargs
print(select("#"), select("#", nil, nil), select(2, "a", "b", "c"), select(-1, "a", "b", "c")) print(pcall(select, 0)) print(pcall(select, -5, 1)) print((select(2, "a", "b"))) print(table.pack().n, table.pack(nil, nil).n)
-- check: warnings
warn("@on") warn("one") warn("two ", "parts") warn("@unknown") warn("@off") warn("not shown") warn("@on") warn("again") print(pcall(warn)) print(pcall(warn, 1, {}))
