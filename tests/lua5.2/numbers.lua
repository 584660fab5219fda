-- Numbers are doubles; what C functions make of them, and bit32.
local function try(f, ...) print(pcall(f, ...)) end

-- check: display
print(1, 1.0, -0, 0.1, 1e15, 1e14, 123456789012345, 2^53, 2^63, -2^63, 1e100, 1/3, 100/3, 1e-5, 0x10, 0xA.8p1, 0x.1)
print(3 == 3.0, 7 % 3, -7 % 3, 7 % -3, 5.5 % 2, 1 % 0 ~= 1 % 0, 2^0.5, 10 / 2, -2^2)
-- check: numerals
for _, s in ipairs { "0x", "1e", "1e+", "0x1p", "0x1p4", "1..2", "3x", "0xg", ".5", "5.", "0x.8", "1e5", "08" } do
  local f, m = load("return " .. s, "=n") print(s, f and f() or m)
end
-- check: tonumber
for _, s in ipairs { "10", " 10 ", "0x10", "1e1", "", " ", "10x", "0x", "1e", "inf", "nan", "-0x1F", "- 1", "+5", "1_0", "0x1p-2", "1\0" } do io.write(tostring(tonumber(s)), " ") end print()
for _, c in ipairs { { "ff", 16 }, { "zz", 36 }, { "8", 8 }, { " -7f ", 16 }, { "1.5", 10 }, { "", 10 }, { 10, 2 }, { "7fffffffffffffffffff", 16 }, { "1\0", 10 }, { "+11", 2 } } do io.write(tostring(tonumber(c[1], c[2])), " ") end print()
try(tonumber, "1", 1) try(tonumber, "1", 37) try(tonumber, {}, 10) try(tonumber) try(tonumber, "1", "x") print(tonumber("1", 10.9))
-- check: arithmetic on strings
print("10" + 5, "0x10" * 2, " 3 " - 1, "2" ^ "3", -"4", "7" % "4", 10 .. 20, "1e1" / 4)
try(function() return "a" + 1 end) try(function() return 1 + "a" end) try(function() return -"x" end) try(function() local s = "x" return s * 2 end) try(function() return {} .. "x" end)
-- check: numeric for
for i = 1, 3 do io.write(i, " ") end for i = 3, 1, -1 do io.write(i, " ") end for i = 0, 1, 0.25 do io.write(i, " ") end for i = 1, 0 do io.write "never" end
for i = "1", "2" do io.write(i, ":") end print()
for i = 0.1, 1, 0.3 do io.write(string.format("%.20f ", i)) end print()
try(function() for i = {}, 1 do end end) try(function() for i = 1, {} do end end) try(function() for i = 1, 2, {} do end end) try(function() for i = "x", 1 do end end)
local n = 0 for i = 1, 0, 0 do n = n + 1 if n > 3 then break end end print(n) n = 0 for i = 0, 1, 0 do n = n + 1 if n > 3 then break end end print(n)
-- check: table keys
local t = { [1] = "a", [1.0] = "b", [2^53] = "big", [-0] = "zero", [1.5] = "half" } print(#t, t[1], t[2^53], t[0], t[1.5], t["1"]) try(function() t[0/0] = 1 end) print(t[0/0], next({ [3] = 1 }))
for k, v in pairs { 10, 20, 30, [4.5] = 2, [-1] = 3, [2^40] = 4, [true] = 5 } do io.write(tostring(k), "=", v, " ") end print()
-- check: format of integers
for _, f in ipairs { "%d", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%i", "%u", "%x", "%X", "%#x", "%o", "%#o", "%c" } do io.write(string.format(f, 65), " ", string.format(f, 65.9), " ") end print()
for _, v in ipairs { 2^31, 2^53, -2^63, -1, 2^63, 1e300, -1e300, 0/0, "10", "0x10", "x" } do try(string.format, "%d", v) try(string.format, "%x", v) end
-- check: format of floats
for _, f in ipairs { "%f", "%.3f", "%10.2f|", "%-10.1f|", "%+.1f", "%e", "%.0e", "%g", "%.10g", "%G", "%a", "%5.1s|", "%#.0f" } do io.write(string.format(f, 1234.5678), " ", string.format(f, -0.5), " ") end print(string.format("%g %g %f", 1/0, -1/0, 1e15))
-- check: format of texts
print(string.format("%s %s %s %s", 1, true, nil, setmetatable({}, { __tostring = function() return "object" end })), string.format("%10s|%-10s|%.2s|%5.1s|", "abc", "abc", "abc", "abc"), #string.format("%s", ("x"):rep(200)), #string.format("%s", "a\0b"), #string.format("%s", ("a\0"):rep(60)), #string.format("%5s", "a\0b"))
print(string.format("%q", 'a"b\\c\nd\0e\r\t\1272\200'), string.format("%q", 12), string.format("%5q", "x"))
try(string.format, "%q", nil) try(string.format, "%q", {}) try(string.format, "%y", 1) try(string.format, "%10000d", 1) try(string.format, "%0000000d", 1) try(string.format, "%1.123f", 1) try(string.format, "%") try(string.format, "%", 1) try(string.format, "%d") try(string.format, "%s")
-- check: math functions
print(math.floor(-3.5), math.ceil(-3.5), math.floor(2^60), math.abs(-0), math.max(1, 2.5), math.min(3, -1), math.sqrt(16), math.pi, math.huge, -math.huge)
print(math.modf(3.7), math.modf(-3.7), math.modf(-4), math.modf(1/0), math.fmod(7, -3), math.fmod(-7, 3), math.fmod(5.5, 2))
print(math.log(100, 10), math.log(8, 2), math.log10(1000), math.log(math.exp(2)), math.pow(2, 10), math.ldexp(1, 10), math.frexp(10), math.cosh(0), math.sinh(0), math.tanh(0), math.deg(math.pi), math.rad(180), math.atan2(1, -1), math.atan(1, -1))
for _, f in ipairs { "abs", "floor", "max", "min", "fmod", "modf", "log", "pow", "ldexp", "frexp", "atan2", "random", "randomseed" } do try(math[f], "x") try(math[f], {}) end
print(math.type, math.tointeger, math.ult, math.mod, math.maxinteger)
-- check: random numbers
math.randomseed(42) local a, b, c = math.random(), math.random(10), math.random(-5, 5) math.randomseed(42) print(a == math.random(), b == math.random(10), c == math.random(-5, 5), a, b, c) try(math.random, 0) try(math.random, 2, 1) try(math.random, 1, 2, 3) math.randomseed(2^40 + 7) print(math.random(1000000))
-- check: bit32
print(bit32.band(), bit32.band(0xff, 0x0f), bit32.bor(1, 2, 4), bit32.bxor(5, 1), bit32.bnot(0), bit32.btest(1, 2), bit32.btest(3, 2), bit32.band(-1), bit32.band(2^32 + 5, 7), bit32.bor(1.5), bit32.bor(2.5), bit32.bor(-2.5))
for n = -33, 33, 11 do io.write(bit32.lshift(0x80000001, n), " ", bit32.rshift(0x80000001, n), " ", bit32.arshift(0x80000001, n), " ", bit32.lrotate(0x80000001, n), " ", bit32.rrotate(0x80000001, n), " ") end print()
print(bit32.extract(0xabcd1234, 4, 8), bit32.extract(5, 31), bit32.replace(0, 0xff, 4, 4), bit32.replace(0xffffffff, 0, 0, 32), bit32.extract(-1, 0, 32))
for _, f in ipairs { "band", "bnot", "lshift", "rshift", "arshift", "lrotate", "extract", "replace" } do try(bit32[f], "x", "y") try(bit32[f], {}) end
try(bit32.extract, 1, 32) try(bit32.extract, 1, 0, 33) try(bit32.extract, 1, -1) try(bit32.extract, 1, 0, 0) try(bit32.replace, 1, 2, 30, 5) print(bit32.band(2^60 + 3), bit32.band(1e100), bit32.band("0x10"))
-- check: integers cut to C types
print(("x"):rep(2.9), ("abc"):sub(1.9, 2.9), ("abc"):byte(2.5), string.char(65.9), select(2.9, "a", "b", "c"), table.concat({ 1, 2, 3 }, ",", 1.5, 2.5), table.unpack({ 1, 2, 3 }, 2.7))
try(string.char, 256) try(string.char, -1) try(string.rep, "x", 1e300) try(string.rep) print(("x"):rep(-1), ("ab"):rep(3, ","), select(-1, 1, 2)) try(select, 0) try(select, -3, 1)
