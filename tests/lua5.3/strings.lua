-- The library string of 5.3, and utf8.
local function try(f, ...) print(select(2, pcall(f, ...))) end

-- check: format of integers
print(("%d %5d|%-5d|%05d %+d % d"):format(1, 2, 3, 4, 5, 6), ("%i %u %x %X %#x %o %#o"):format(1, 2, 255, 255, 255, 8, 8))
print(("%.3d|%8.3d|%-8.3d|%+.2d"):format(1, 2, 3, 4), ("%d"):format(3.0), ("%d"):format("10"), ("%x"):format(-1), ("%u"):format(-1))
-- check: flags that mean nothing
print(("%#d %+x % u %+o %#s %0s|%05s|"):format(1, 2, 3, 4, "a", "b", "c"), ("%+c|%5c|%-5c|%.3c"):format(65, 66, 67, 68))
print(("%0-5d|%-05d|%+ d|% +d|%0.3d"):format(1, 2, 3, 4, 5))
-- check: format of floats
print(("%f %.3f %10.2f|%-10.2f|%e %g %G %a"):format(1.5, 2.25, 3.125, 4.5, 12345.678, 1e20, 1e-10, 0.5))
print(("%5.1f|%+.0f|%#.0f|% g"):format(0, 1.5, 2, 3), ("%.99f"):format(1/3), ("%g %f %a"):format(1/0, -1/0, 1/0))
-- check: format of strings
print(("%s %10s|%-10s|%.2s|%5.1s"):format("x", "right", "left", "cut", "both"), ("%s %s %s"):format(nil, true, 1.0))
print(#("%99s"):format("x"), #("%5s"):format(("x"):rep(200)), #("%.5s"):format(("x"):rep(200)))
-- check: format of strings with zeros
print(#("%s"):format("a\0b"))
try(string.format, "%5s", "a\0b")
-- check: format by tostring
local t = setmetatable({}, { __tostring = function() return "described" end, __name = "Thing" })
print(("%s|%12s|%.3s"):format(t, t, t))
try(string.format, "%s", setmetatable({}, { __tostring = function() return 1 end }))
print((tostring(setmetatable({}, { __name = "Thing" })):gsub("0x%x+", "address")))
-- check: format q
print(("%q"):format('a\n"b"\\\0\r\t1\0012'), ("%q %q %q %q"):format(1, 1.5, true, nil), ("%q"):format(math.mininteger))
print(("%q %q %q"):format(1/0, -1/0, 0.1), ("%5q"):format("x"))
try(string.format, "%q", {})
-- check: format errors
for _, f in ipairs { "%", "%y", "%5", "%-", "%p", "%L", "%123d", "%1.123d", "%.d", "%--------d", "%+-# 0d", "%+-# 0+d", "%\0", "%\200", "%10.123f", "%5.", "%n" } do
  try(string.format, f, 1)
end
-- check: format arguments
try(string.format)
try(string.format, "%d")
try(string.format, "%d", "x")
try(string.format, "%d", 1.5)
try(string.format, "%c", "x")
try(string.format, "%f", {})
try(string.format, "%x", 2^63)
try(string.format, "%s")
-- check: rep
print(("ab"):rep(3), ("ab"):rep(3, "-"), ("x"):rep(0), ("x"):rep(-1))
try(string.rep, "xx", math.maxinteger)
-- check: pack and unpack
print((string.pack("<i1i2i4i8", 1, 2, 3, 4):gsub(".", function(c) return ("%02x"):format(c:byte()) end)))
print(string.unpack("<i1i2i4i8", string.pack("<i1i2i4i8", -1, -2, -3, -4)))
print(string.unpack(">I3 z s1 c2", string.pack(">I3 z s1 c2", 70000, "zero", "length", "cc")))
print(string.packsize("!8 b i8 d"), string.unpack("<d f n j", string.pack("<d f n j", 0.5, 0.25, 1.5, 7)))
-- check: unpack without terminator
print(string.unpack("z", "abc"))
print(string.unpack("z", "abc", 4))
try(string.unpack, "zz", "abc")
-- check: unpack positions
for _, position in ipairs { 1, 4, 5, -1, -3, -4, 0, 100, math.mininteger } do print(position, pcall(string.unpack, "c0", "abc", position)) end
-- check: pack errors
for _, case in ipairs { { "i17", 1 }, { "i0", 1 }, { "i1", 200 }, { "I1", -1 }, { "z", "a\0" }, { "s1", ("x"):rep(300) }, { "c2", "abc" }, { "q", 1 }, { "!3", 1 }, { "Xz" }, { "i1", "x" }, { "i1" }, { "c", "x" } } do
  print(case[1], pcall(string.pack, table.unpack(case)))
end
-- check: unpack errors
for _, case in ipairs { { "i4", "abc" }, { "s1", "\5abc" }, { "s8", ("\255"):rep(8) .. "x" }, { "i16", ("\255"):rep(15) .. "\1" }, { "c5", "abcd" }, { "d", "1234567" } } do
  print(case[1], pcall(string.unpack, table.unpack(case)))
end
-- check: packsize errors
for _, f in ipairs { "s", "z", "c2147483647c1", "i17" } do print(pcall(string.packsize, f)) end
-- check: gmatch and gsub
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do io.write(k, v, " ") end
print(("abc"):gsub("", "-"), ("abc"):gsub("%w", "%0%0", 2), ("hello"):gsub("l+", { ll = "LL" }), ("abc"):gsub("b", function() return false end))
try(string.gsub, "x", "x", "%2")
try(string.gsub, "x", "(", "")
try(string.gsub, "x", "x", true)
try(string.gsub, "x", "x", function() return {} end)
try(string.gsub, "x", "%", "")
-- check: find
print(("abc"):find("b", 1, true), ("abc"):find("", 10), ("abc"):find("", 4), ("a.b"):find(".", 2, true), ("abc"):find("(b)(c)"))
-- check: byte and char
print(("abc"):byte(1, -1), ("abc"):byte(10), string.char(), string.char(72, 105))
try(string.char, 256)
try(string.char, -1)
-- check: dump strips
local f = load("local a = 1 return a + x", "=chunk")
print(#string.dump(f) > #string.dump(f, true), load(string.dump(f), "b", "b", { x = 2 })())
try(string.dump, print)
-- check: utf8 codes
for p, c in utf8.codes("aé€\u{10FFFF}") do io.write(p, ":", c, " ") end
print()
for _, s in ipairs { "\x80", "a\xff", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "\xe2\x82", "ab\x80" } do
  print(pcall(function() local n = 0 for _, c in utf8.codes(s) do n = n * 65536 + c end return n end))
end
-- check: utf8 len and codepoint
print(utf8.len("aé€"), utf8.len("\xff"), utf8.len("a\x80"), utf8.len("\xed\xa0\x80"), utf8.len("abc", 4), utf8.len("é", 2))
print(utf8.codepoint("aé€", 1, -1))
try(utf8.codepoint, "\xff")
try(utf8.codepoint, "abc", 4)
try(utf8.codepoint, "abc", 0)
try(utf8.codepoint, "abc", 1, 4)
try(utf8.len, "abc", 5)
try(utf8.len, "abc", 1, 4)
-- check: utf8 char and pattern
print(utf8.char(), utf8.char(72, 228, 8364, 0x10FFFF), (utf8.charpattern:gsub("[^ -~]", function(c) return ("\\%d"):format(c:byte()) end)))
try(utf8.char, 0x110000)
try(utf8.char, -1)
-- check: utf8 offset
print(utf8.offset("aé€x", 3), utf8.offset("aé€x", -1), utf8.offset("aé€x", 0, 3), utf8.offset("aé€x", 5), utf8.offset("aé€x", 6))
try(utf8.offset, "aé", 1, 3)
try(utf8.offset, "abc", 1, 5)
try(utf8.offset, "abc", 1, -4)
-- check: escapes
print("\u{41}\u{e9}\u{10FFFF}", "\x41\65\z
   end", '\'\"\\')
for _, text in ipairs { [["\u{110000}"]], [["\u{7fffffff}"]], [["\u"]], [["\u{"]], [["\u{}"]], [["\u{12"]], [["\xg"]], [["\300"]], [["\q"]], '"a\nb"', [["abc]] } do print(load("return " .. text, "=t")) end
-- check: pack options that are no letters
for _, s in ipairs { "\228", "i4\1", "\127", "\0", "<\200", "y", "~", "!\255" } do try(string.pack, s, 1) try(string.unpack, s, "12345678") try(string.packsize, s) end
