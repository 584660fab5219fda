-- Integers and floats: arithmetic, conversions, comparisons, how numbers are written.
local load = _VERSION == "Lua 5.1" and loadstring or load
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local kind = math.type or type
local function show(...)
  local t = pack(...)
  for i = 1, t.n do t[i] = tostring(t[i]) .. (kind(t[i]) and ":" .. kind(t[i]):sub(1, 1) or "") end
  print(table.concat(t, " ", 1, t.n))
end
local max, min, huge = math.maxinteger, math.mininteger, math.huge
local nan = 0/0

-- check: literals
-- versions: 5.2+
show(0, 1, 0x10, 0xFF, 0XA, 1.0, .5, 5., 1e2, 1E-2, 1e+3, 0x1p4, 0x.8, 0x8., 0xA.8p1, 0x1P-2)
show(3e0, 0x0p0, 00012, 1e0, 0xffffffffffffffffff, 0x7fffffffffffffff, 1e15, 1e16, 1e100)
-- check: integer addition wraps
-- versions: 5.3+
show(max + 1, min - 1, max + max, min + min, max - min, -min, max * 2, min * -1, max * max, min * min)
-- check: integer and float operands
-- versions: 5.3+
show(1 + 1.0, 2 - 0.5, 3 * 2.0, 1.0 + 1, 2^2, 4 / 2, 7 // 2, 7.0 // 2, 7 % 3, 7.5 % 2, 7 % 3.0)
show(10 / 3, 1e15 + 1, 2^53 + 1, 1 // 1, -7 / 2)
-- check: floor division
-- versions: 5.3+
show(7 // 2, -7 // 2, 7 // -2, -7 // -2, 0 // 5, 5 // max, min // -1, min // 1, min // 2, max // -1)
show(7.5 // 2, -7.5 // 2, 7.5 // -2, 1 // 0.0, -1 // 0.0, 0.0 // 0.0 ~= 0.0 // 0.0, 1e308 // 1e-308, 5 // huge, -5 // huge)
-- check: modulo
-- versions: 5.3+
show(7 % 3, -7 % 3, 7 % -3, -7 % -3, min % -1, min % max, max % min, 0 % 5, 5 % max, 6 % 3)
show(7.5 % 2, -7.5 % 2, 7.5 % -2, -7.5 % -2, 5 % huge, -5 % huge, 5 % -huge, -5 % -huge, 0.0 % 1, -0.0 % 1)
show(1 % 0.0 ~= 1 % 0.0, huge % 2 ~= huge % 2, 5.3 % 1, 2^53 % 3, 1e300 % 7)
-- check: division by zero
-- versions: 5.3+
print(pcall(load "return 1 // 0"))
print(pcall(load "return 1 % 0"))
print(pcall(load "local a = 0; return 1 // a"))
print(pcall(load "local a = 0; return 1 % a"))
print(pcall(load "local a, b = 5, 0; return a // b"))
print(pcall(load "local a, b = 5, 0; return a % b"))
show(1 / 0, -1 / 0, 1 / -0.0, 0 / 0 ~= 0 / 0, 0.0 // 1, 1.0 // 0, 1 // 0.0, 1.0 % 0 ~= 1.0 % 0)
-- check: exponentiation
show(2 ^ 10, 2 ^ -1, 2 ^ 0.5, (-8) ^ 2, -8 ^ 2, (-8) ^ (1/3) ~= (-8) ^ (1/3), 0 ^ 0, 10 ^ 2, 2 ^ 63, 2 ^ 64, 2 ^ 1024)
show(2 ^ 3 ^ 2, -2 ^ 2, 2 ^ -2 ^ 2)
-- check: unary minus
-- versions: 5.3+
show(-0, -0.0, -(0), - -1, -min, -max, -(0.0), 0 * -1, 0.0 * -1, -nan ~= -nan)
-- check: bitwise operators
-- versions: 5.3+
show(5 & 3, 5 | 3, 5 ~ 3, ~5, ~0, 1 << 4, 256 >> 4, -1 >> 1, -1 << 1, -1 >> 63, 1 << 63, 1 << 62)
show(1 << 64, 1 << -1, 2 >> -1, 1 << 100, -1 >> 64, -1 >> 100, -1 << -64, 5 << 0, 1 << min, 1 >> max, 1 >> min)
show(3.0 & 1, 2^53 | 0, -2.0 ~ 1)
print(pcall(load "return '7' & 3"))
print(pcall(load "return 3 << '2.0'"))
print(pcall(load "return ~'7'"))
-- check: shifts by variables
-- versions: 5.3+
local one, minus = 1, -1
for _, n in ipairs { 0, 1, 31, 32, 62, 63, 64, 65, -1, -63, -64, max, min } do
  show(n, one << n, one >> n, minus << n, minus >> n, 2 << n, n << 2, n >> 2)
end
-- check: strings in arithmetic
-- versions: 5.3+
show("10" + 5, "10" + "5", "3" * "4", "10" / 2, "7" // 2, "7.0" // 2, "0x10" + 0, " 5 " + 1, "5e1" + 0, "1" - 1.0)
show("10" % 3, "2" ^ 2, -"2", -"2.0", -"0x10", "9223372036854775808" + 0, "9223372036854775807" + 1, "-0" + 0, -"0", "-0.0" + 0)
print(pcall(load "return '1x' + 1"))
print(pcall(load "return '' + 1"))
print(pcall(load "return ' ' + 1"))
-- check: equality of integers and floats
-- versions: 5.3+
show(1 == 1.0, max == max + 0.0, 2^53 == 2^53 + 1, (2^53|0) + 1 == 2^53 + 1, min == min + 0.0, 0 == -0.0, "1" == 1, nan == nan, nan ~= nan)
-- check: order of integers and floats
-- versions: 5.3+
show(1 < 1.5, 1 <= 1.0, 1.0 < 2, max < huge, min > -huge, max < max + 0.0, max <= max + 0.0, max + 0.0 > max, min <= min + 0.0, min < min + 0.0)
show(max + 0.0 == 2^63, max >= 2^63, max > 2^63, 2^63 > max, -2^63 <= min, -2^63 >= min, 1 < nan, 1 >= nan, nan < nan, nan <= 1)
show(2^53 < (2^53|0) + 1, (2^53|0) + 1 > 2^53, 9007199254740993 < 9007199254740992.0, 9007199254740993 > 9007199254740992.0)
-- check: comparison with constants
local a, b, c = 5, 5.0, "5"
show(a < 10, a > 4, a <= 5, a >= 5, a == 5, b == 5, b < 5.5, b > 5.5, 5 == b, 10 > a, 3 < b, 4.5 <= a)
show(a == 5.0, b == 5.5, c == "5", c == 5, a ~= 5, a ~= nil, b ~= true)
local m = -3
show(m < -2, m <= -3, m > -4, m >= -3, -3 == m, m < 127, m > -128, m < 200, m > -200)
-- check: comparison of strings
show("a" < "b", "a" < "a", "a" <= "a", "a" < "aa", "" < "a", "Z" < "a", "a\0b" < "a\0c", "a\0" > "a", "10" < "9", "\xff" > "a")
-- check: tostring of integers
show(max, min, -1, 1234567890123456789, -0)
-- check: tostring of floats
show(1.5, 0.1, 1/3, 1e14, 1e15, 1e16, 123456789012345.0, 1234567890123456.0, 1e100, -1e-5, 1e-4, 12345.678, 2^31, 2^53, 2^63, 100.0, -0.0)
show(3.14159265358979, 0.1 + 0.2, 1e300 * 1e10, -1e300 * 1e10, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308)
print(nan ~= nan, tostring(huge), tostring(-huge), (tostring(nan):gsub("-", "")))
-- check: tonumber of text
for _, s in ipairs { "10", " 10 ", "10.", ".5", "0x1F", "0x1.8", "1e2", "1E+2", "0x1p3", "-5", "- 5", "+5", "--5", "", " ", "abc", "1a", "1 2",
  "0x", "1e", "inf", "nan", "0x8000000000000000", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1e400",
  "10\0", "\t7\n", "0b1", "1_000", "0x.1", "0x1.", ".", "-.5", "-0x10", "+0x10", "5.e3", "infinity", "1e1.5", "\v1\f", "0xep1", "1e-400" } do
  show((("%q"):format(s):gsub("\n", "n")), tonumber(s))
end
-- check: tonumber with a base
show(tonumber("ff", 16), tonumber("FF", 16), tonumber("zz", 36), tonumber("777", 8), tonumber("8", 8), tonumber("1010", 2), tonumber("-ff", 16))
show(tonumber(" 11 ", 2), tonumber("", 10), tonumber("1.5", 10), tonumber("7fffffffffffffff", 16), tonumber("ffffffffffffffff", 16), tonumber("10000000000000000", 16))
print(pcall(tonumber, "1", 1))
print(pcall(tonumber, "1", 37))
print(pcall(tonumber, 1, 10))
print(pcall(tonumber, {}, 10))
print(pcall(tonumber))
print(pcall(tonumber, "1", "x"))
print(pcall(tonumber, "1", 2.5))
-- check: tonumber of other values
show(tonumber(5), tonumber(5.5), tonumber(nil), tonumber({}), tonumber(true), tonumber(print))
-- check: math.tointeger
-- versions: 5.3+
show(math.tointeger(3), math.tointeger(3.0), math.tointeger(3.5), math.tointeger("3"), math.tointeger("3.0"), math.tointeger("x"), math.tointeger(2^63), math.tointeger(-2^63), math.tointeger({}), math.tointeger(huge), math.tointeger(nan))
print(pcall(math.tointeger))
-- check: float to integer conversions in functions
print(pcall(string.rep, "x", 2.0))
print(pcall(string.rep, "x", 2.5))
print(pcall(string.rep, "x", "3"))
print(pcall(string.rep, "x", "3.0"))
print(pcall(string.rep, "x", "3.5"))
print(pcall(string.rep, "x", 2^63))
print(pcall(string.rep, "x", nan))
print(pcall(string.rep, "x", "huge"))
print(pcall(string.char, 65.0, "66"))
-- check: float keys become integers
-- versions: 5.3+
local t = {}
t[1.0] = "a"; t[2^53] = "b"; t[-0.0] = "z"
show(t[1], t[2^53|0], t[0], next({[3.0] = 1}), t[1.5])
t[1.5] = "c"
show(t[1.5], #t, rawlen(t))
-- check: for loops over integers
-- versions: 5.4+
for i = 1, 3 do io.write(i, " ") end
for i = 3, 1, -1 do io.write(i, " ") end
for i = 1, 0 do io.write("never ") end
for i = max - 1, max do io.write(i, " ") end
for i = min + 1, min, -1 do io.write(i, " ") end
for i = max, max + 1.0 do io.write(i, " ") break end
for i = 1, 10, 4 do io.write(i, " ") end
for i = -3, 3, 3 do io.write(i, " ") end
for i = 1, huge do if i > 3 then break end io.write(i, " ") end
for i = 1, -huge, -1 do if i < -1 then break end io.write(i, " ") end
for i = 1, nan do io.write("never ") end
for i = min, max, max do io.write(i, " ") end
for i = 1, 3.9 do io.write(i, " ") end
for i = 3, 0.1, -1 do io.write(i, " ") end
print()
-- check: for loops over floats
for i = 1.0, 3 do io.write(i, " ") end
for i = 1, 2, 0.5 do io.write(i, " ") end
for i = 2.0, 1, -0.25 do io.write(i, " ") end
for i = 0.1, 0.35, 0.1 do io.write(i, " ") end
for i = 1.0, huge do if i > 2 then break end io.write(i, " ") end
for i = 1, 3, 1.0 do io.write(i, " ") end
print()
-- check: for loop variable is a copy
-- versions: 5.1-5.4
for i = 1, 3 do local j = i; i = i * 10; io.write(j, " ", i, " ") end
print()
-- check: concatenation of numbers
-- versions: 5.3+
print(1 .. 2, 1.0 .. "", -0.0 .. "", 2^63 .. "", 1e100 .. "x", 10 .. 20 .. 30, max .. "|" .. min)
-- check: constant folding keeps semantics
-- versions: 5.3+
show(3 // 0.0, -3 // 0.0, 0.0 * -1, 1 << 63 >> 63, max + 1 == min, 5 // -2, -5 % 3, 2^-1074, 7 & 2 | 1 ~ 3)
show(1 - 1 == 0, 0.0 == -0.0, 1 / 0.0, 1 / (0 * -1.0), 1 / (-0.0), "5" + 2, 10 - "2")
-- check: operator precedence
-- versions: 5.3+
show(1 + 2 * 3 ^ 2, -3 ^ 2, not nil == true, 1 .. 2 == "12", 2 * 3 % 4, 1 << 2 + 1, 5 & 3 == 1 and 1 or 0, "a" .. "b" == "ab", #"abc" + 1, -2 ^ 2, not 1 == 2)
show(1 or 2 and 3, nil and 1 or 2, 1 and nil or 3, false or nil, 1 < 2 == true, "x" < "y" == not false)
show(6 // 4 * 2, 7 - 3 - 2, 2 ^ 2 ^ 3, 1 | 2 ~ 3 & 4, ~1 + 2, - -2, not not 1, 3 - -3, 2 ^ -1)
-- check: integer division against a loop
-- versions: 5.3+
local bad = 0
for a = -20, 20 do
  for b = -7, 7 do
    if b ~= 0 then
      if a // b ~= math.floor(a / b) or a % b ~= a - (a // b) * b then bad = bad + 1 end
      if a * 1.0 // b ~= math.floor(a / b) or (a + 0.0) % b ~= a % b then bad = bad + 1 end
    end
  end
end
print(bad)
-- check: large products and sums of floats
local s, p = 0, 1.0
for i = 1, 170 do p = p * i; s = s + 1 / i end
print(("%.17g %.17g"):format(s, p))
print(("%.14g"):format(p * p), 1e308 * 10 == huge, -1e308 * 10 == -huge)
-- check: hexadecimal floats
-- versions: 5.2+
show(0x1.8p1, 0x.1, 0xap-1, 0x1p-1074, 0x1.fffffffffffffp1023, 0xA.Bp0, 0x1p+2, tonumber("0x1.8p1"), tonumber("0x1p9999"))
-- check: very long numerals
show(tonumber(("1"):rep(30)), tonumber("0." .. ("1"):rep(50)), tonumber(("0"):rep(100) .. "7"), tonumber("1" .. ("0"):rep(308)), tonumber("1" .. ("0"):rep(309)), tonumber(("x"):rep(300)))
show(load("return " .. ("1"):rep(30))(), load("return 0x" .. ("f"):rep(40))(), load("return 0." .. ("0"):rep(300) .. "1")())
