-- string.format, string.pack and string.unpack.
local unpack = unpack or table.unpack
local function try(f, ...) print(pcall(f, ...)) end
local function show(s) print((s:gsub("[^\32-\126]", function(c) return ("\\%d"):format(c:byte()) end))) end

-- check: format integers
print(("%d %5d|%-5d|%05d %+d % d %.3d %i"):format(1, 2, 3, 4, 5, 6, 7, 8))
try(string.format, "%u", 3)
-- check: format d of extremes
-- versions: 5.3+
print(("%d %d %d"):format(math.maxinteger, math.mininteger, 3.0), ("%d"):format("10"), ("%d"):format("0x10"), ("%d"):format(-0.0))
try(string.format, "%d", 1.5)
try(string.format, "%d", "1.5")
try(string.format, "%d", "x")
try(string.format, "%d", 2^63)
try(string.format, "%d", nil)
try(string.format, "%d", {})
try(string.format, "%d")
-- check: format x, o, c
-- versions: 5.1 5.3+
print(("%x %X %#x %o %#o %c%c %5x|%-5x|%05x %.4x"):format(255, 255, 255, 8, 8, 72, 105, 10, 10, 10, 10))
print(("%x %o"):format(-1, -1), ("%x"):format(3.0), #("%c"):format(0), ("%5c|%-5c|"):format(65, 66))
try(string.format, "%x", -1.5)
try(string.format, "%c", "x")
-- check: format floats
print(("%f %.2f %10.3f|%-10.1f|%+f % f %010.2f %.0f %#.0f"):format(1.5, 2.345, 3.14159, 4.25, 5, 6, 7.5, 8.5, 9))
print(("%e %.3e %E %g %.3g %G %g %g %g"):format(12345.678, 12345.678, 0.00012, 100000, 1234567, 1e-10, 1e20, 0.1, 100))
print(("%g %g %f"):format(1/0, -1/0, 1/0), ("%5.1f|%5g|"):format(1/0, -1/0), (("%f"):format(0/0):gsub("-", "")))
-- check: format a
-- versions: 5.2+
print(("%a %a %A %.3a %a %a"):format(1, 0.5, 255.5, 1/3, -0.0, 0), ("%20a|%-20a|"):format(1, 1), ("%a %a"):format(1/0, -1/0), ("%.0a %.1a"):format(1.5, 1.96875))
print(("%a"):format(5e-324), ("%a"):format(1.7976931348623157e308), ("%+a"):format(3), ("%010a"):format(1))
-- check: format s
-- versions: 5.2+
print(("%s|%5s|%-5s|%.2s|%5.1s|"):format("abc", "abc", "abc", "abc", "abc"), ("%s %s %s %s"):format(nil, true, 1, 1.5), ("%s"):format("a\0b") == "a\0b", ("%.10s"):format("abc"), ("%.0s|"):format("abc"))
print((("%s"):format({}):gsub("0x%x+", "P")), ("%s"):format(setmetatable({}, { __tostring = function() return "mine" end })), ("%10s|"):format(setmetatable({}, { __tostring = function() return "m" end })))
print(#("%s"):format(("x"):rep(1000)), pcall(string.format, "%.500s", "x"))
try(string.format, "%s")
try(string.format, "%10s", "a\0b")
try(string.format, "%.3s", "a\0b")
try(string.format, "%s", setmetatable({}, { __tostring = function() return 5 end }))
-- check: format s with long strings
print(#("%s"):format(("y"):rep(100000)), #("%-99s"):format("x"), pcall(string.format, "%-200s", "x"))
-- check: format q of strings
print(("%q"):format("hello"), ("%q"):format('say "hi"\n\\'), ("%q"):format("a\0b\0001\r\t\127\200"), ("%q"):format(""))
show(("%q"):format("\r\n\0\0019\x1b[0m"))
-- check: format q of other values
-- versions: 5.3+
print(("%q %q %q %q"):format(1, true, nil, false), ("%q"):format(1.5), ("%q"):format(math.mininteger), ("%q"):format(1/0), ("%q"):format(-1/0), ("%q"):format(0/0), ("%q"):format(0.1), ("%q"):format(1e100), ("%q"):format(-0.0), ("%q"):format(2^63))
try(string.format, "%q", {})
try(string.format, "%q", print)
try(string.format, "%q")
try(string.format, "%10q", "x")
try(string.format, "%-q", "x")
-- check: format p
-- versions: 5.4+
print(("%p"):format(1), ("%p"):format(nil), ("%p"):format(true), ("%10p|%-10p|"):format(1, 2))
local t = {}
print(("%p"):format(t) == tostring(t):match("0x%x+"), ("%p"):format("x") == ("%p"):format("x"), ("%p"):format(print) == tostring(print):match("0x%x+"))
-- check: format percent
print(("100%%"):format(), ("%%%d%%"):format(5))
-- check: format invalid conversions
for _, f in ipairs { "%y", "%", "%10", "%5.", "%-", "%#", "% ", "%l", "%ld", "%123d", "%.123f", "%5.5", "%0", "%1$d", "%*d", "%n", "%-+ #0d", "%+s", "%#s", "%0s", "% s", "%#d", "%#c", "%.3c", "%+c", "%.2p", "%0p", "%+x", "%#i", "%#5.3q", "%10.123f", "%.f", "%.d", "%-010d", "%00d", "%++d", "%------d", "%5%", "%F", "%D", "%#a", "%+ a", "%#e", "%i%", "%99d", "%100d", "%.99f", "%.100f" } do
  print(f, pcall(string.format, f, 1))
end
-- check: format missing arguments
try(string.format)
try(string.format, "%d %d", 1)
try(string.format, "%s %s", "x")
try(string.format, {})
try(string.format, 5)
print(string.format("no conversions", 1, 2))
try(function() return ("%d"):format("x") end)
try(function() return ("%d"):format() end)
-- check: format results with many arguments
print(("%d"):rep(100, ","):format(unpack((function() local t = {} for i = 1, 100 do t[i] = i end return t end)())))
-- check: format widths
print(("[%20s][%-20s][%020d][%+.10f][%99d]"):format("a", "b", 3, 4, 5):len(), ("%99.99f"):format(1e10):len(), ("%.99f"):format(1e308):len(), ("%.20f"):format(0.1), ("%.14g"):format(0.1), ("%.17g"):format(0.1), ("%5.2s|"):format("abc"))
-- check: pack integers
-- versions: 5.3+
show(string.pack("b", -1)) show(string.pack("B", 255)) show(string.pack("<h", 258)) show(string.pack(">h", 258)) show(string.pack("<i4", -2)) show(string.pack(">I3", 0x010203)) show(string.pack("<j", math.mininteger)) show(string.pack("<J", 1)) show(string.pack("<l", 1)) show(string.pack("<T", 9)) show(string.pack("<i16", -1)) show(string.pack(">i16", 5))
-- check: unpack integers
-- versions: 5.3+
print(string.unpack("b", "\255"), string.unpack("B", "\255"), string.unpack("<h", "\2\1"), string.unpack(">h", "\2\1"), string.unpack("<i4", "\254\255\255\255"), string.unpack("<I4", "\254\255\255\255"), string.unpack(">i3", "\255\255\254"), string.unpack("<i16", ("\255"):rep(16)), string.unpack("<i9", "\1\0\0\0\0\0\0\0\0"))
-- check: pack floats
-- versions: 5.3+
show(string.pack("<f", 1.5)) show(string.pack(">d", 1.5)) show(string.pack("<n", -0.0)) print(string.unpack("<f", string.pack("<f", 0.1)), string.unpack(">d", string.pack(">d", 0.1)), string.unpack("n", string.pack("n", 1/0)), string.unpack("<f", string.pack("<f", 1e300)))
-- check: pack strings
-- versions: 5.3+
show(string.pack("z", "hi")) show(string.pack("s1", "hi")) show(string.pack("<s4", "hi")) show(string.pack(">s2", "")) show(string.pack("c5", "hi")) show(string.pack("c0", "")) show(string.pack("<s", "x"))
print(string.unpack("z", "hi\0rest"), string.unpack("s1", "\2hirest"), string.unpack("c3", "abcdef"), string.unpack("c0", "x"), string.unpack("zz", "a\0b\0"))
-- check: pack alignment
-- versions: 5.3+
show(string.pack("<!4 b i4", 1, 2)) show(string.pack("<!8 b i8", 1, 2)) show(string.pack("<!2 b i8", 1, 2)) show(string.pack("<b Xi4 i4", 1, 2)) show(string.pack("<!4 b Xi4 i4", 1, 2)) show(string.pack("<!b i2 x b", 1, 2, 3)) show(string.pack(">!4 i1 !2 i4 =i1", 1, 2, 3)) show(string.pack("<!4 i2 s4", 1, "x"))
-- check: packsize
-- versions: 5.3+
print(string.packsize("b"), string.packsize("<i4 i8"), string.packsize("!8 b i8"), string.packsize("c10"), string.packsize("!4 b Xi4"), string.packsize("d f n j J T h H l L"), string.packsize(""), string.packsize("< > = ! x"))
try(string.packsize, "s")
try(string.packsize, "z")
try(string.packsize, "c2147483647c2147483647")
try(string.packsize, "y")
-- check: pack errors
try(string.pack, "b", 128)
try(string.pack, "b", -129)
try(string.pack, "B", 256)
try(string.pack, "B", -1)
try(string.pack, "i2", 32768)
try(string.pack, "I2", -1)
try(string.pack, "I2", 65536)
try(string.pack, "b", "x")
try(string.pack, "b", 1.5)
try(string.pack, "b")
try(string.pack, "i17", 1)
try(string.pack, "i0", 1)
try(string.pack, "I100", 1)
try(string.pack, "c2", "abc")
try(string.pack, "c", "abc")
try(string.pack, "s1", ("x"):rep(300))
try(string.pack, "z", "a\0b")
try(string.pack, "!3 i4", 1)
try(string.pack, "!17", 1)
try(string.pack, "!0", 1)
try(string.pack, "X", 1)
try(string.pack, "Xz", 1)
try(string.pack, "Xc1", 1)
try(string.pack, "X ", 1)
try(string.pack, "?", 1)
try(string.pack, "!4 i3", 1)
try(string.pack, "!i3", 1)
try(string.pack, "d", "x")
try(string.pack, "z")
try(string.pack)
try(string.pack, "i99999999999999999999", 1)
-- check: unpack errors
-- versions: 5.3+
try(string.unpack, "i4", "abc")
try(string.unpack, "z", "abc")
try(string.unpack, "s1", "\5abc")
try(string.unpack, "s4", "ab")
try(string.unpack, "c5", "abc")
try(string.unpack, "i4", "abcdefgh", 6)
try(string.unpack, "i4", "abcdefgh", 20)
try(string.unpack, "i4", "abcdefgh", -20)
try(string.unpack, "<i16", ("\1"):rep(16))
try(string.unpack, "<I9", ("\255"):rep(9))
try(string.unpack, "<i9", ("\127"):rep(9))
try(string.unpack, "d", "abc")
try(string.unpack, "i4")
try(string.unpack)
try(string.unpack, "b", "a", 3)
print(string.unpack("b", "a", 1), string.unpack("", "a", 2), string.unpack("<i2", "abcd", -2), string.unpack("<i2", "abcd", 2))
-- check: pack round trips
-- versions: 5.3+
for _, v in ipairs { 0, 1, -1, 127, -128, 32767, -32768, 2147483647, math.maxinteger, math.mininteger } do
  for n = 1, 16 do
    local ok, s = pcall(string.pack, "<i" .. n, v)
    if ok then io.write(string.unpack("<i" .. n, s) == v and "." or "!") else io.write "-" end
  end
end
print()
print(string.unpack("<!4 b h i d z s2", string.pack("<!4 b h i d z s2", 1, 2, 3, 4.5, "five", "six")))
-- check: pack with spaces and repeated endianness
-- versions: 5.3+
show(string.pack(" < i2 > i2 = i1 ", 1, 2, 3)) show(string.pack("xx b x", 5)) print(string.unpack("xx b x", "\0\0\5\0"))
