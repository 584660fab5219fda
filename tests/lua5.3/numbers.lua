-- Integers and floats of 5.3 in every place where one becomes the other.
local function try(f, ...) print(select(2, pcall(f, ...))) end
local function each(list, f) for _, v in ipairs(list) do print(tostring(v), pcall(f, v)) end end
local edges = { 0, 1, -1, 2.0, -2.0, 0.5, -0.5, -0.0, 2^31, 2^53, 2^53 + 1, 2^63, -2^63, 2^64, 1e100, 1/0, -1/0, math.maxinteger, math.mininteger, "5", "5.0", "5.5", "0x10", "1e1", " 7 ", "", "x", "9223372036854775808" }

-- check: addition of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a + b end) io.write(" ", ok and tostring(r) or "-") end print() end
-- check: subtraction of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a - b end) io.write(" ", ok and tostring(r) or "-") end print() end
-- check: multiplication of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a * b end) io.write(" ", ok and tostring(r) or "-") end print() end
-- check: division of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a / b end) io.write(" ", ok and (r ~= r and "nan" or tostring(r)) or "-") end print() end
-- check: floor division of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a // b end) io.write(" ", ok and (r ~= r and "nan" or tostring(r)) or r:match("attempt.*")) end print() end
-- check: modulo of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs(edges) do local ok, r = pcall(function() return a % b end) io.write(" ", ok and (r ~= r and "nan" or tostring(r)) or r:match("attempt.*")) end print() end
-- check: powers of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs { 0, 1, 2, -1, 0.5, "2", 1/0, -1/0 } do local ok, r = pcall(function() return a ^ b end) io.write(" ", ok and (r ~= r and "nan" or string.format("%.10g", r)) or "-") end print() end
-- check: bitwise and, or, xor of everything
for _, a in ipairs(edges) do io.write(tostring(a), ":") for _, b in ipairs { 0, 5, -1, 3.0, "6", 2.5 } do
  for _, f in ipairs { function() return a & b end, function() return a | b end, function() return a ~ b end } do local ok, r = pcall(f) io.write(" ", ok and tostring(r) or r:sub(-12)) end end print() end
-- check: shifts of everything
for _, a in ipairs { 1, -1, 255, math.mininteger, 3.0, "8" } do io.write(tostring(a), ":") for _, b in ipairs { 0, 1, 62, 63, 64, 65, -1, -63, -64, math.maxinteger, math.mininteger, 2.0, "3" } do
  io.write(" ", a << b, " ", a >> b) end print() end
-- check: unary operators on everything
for _, a in ipairs(edges) do local results = {} for i, f in ipairs { function() return -a end, function() return ~a end, function() return not a end } do local ok, r = pcall(f) results[i] = ok and tostring(r) or r:match(":%d+: (.*)") end print(tostring(a), table.unpack(results)) end
-- check: constants are folded like variables are computed
for _, text in ipairs { "7 // 2", "-7 // 2", "7 // -2.0", "7 % -3", "-7 % 3.0", "1 << 63", "1 << 64", "-1 >> 1", "~0", "-0.0", "0.0", "-(0)", "2^53 == 2^53 + 1", "1e15", "1e16", "123456789012345678", "0x7fffffffffffffff + 1", "9223372036854775807 + 1", "9223372036854775808", "-9223372036854775808", "0xffffffffffffffffff", "3 | 4.0", "5 // 0.0", "-5 // 0.0", "0/0 ~= 0/0", "5.0 % 1/0", "1e308 * 10", "100000000000000", "1e14", "3.0", "-3.0", "1/3", "0x.1p4", "0xA.8", "0x1p-2", "1 .. 2", "1.0 .. ''", "2^63 .. ''", "-2^63 .. ''" } do
  print(text, load("return " .. text)(), math.type(load("return " .. text)()))
end
-- check: comparison of integers with floats beyond 2^53
local list = { math.maxinteger, math.maxinteger - 1, 2^63, 2^53, 2^53 + 1, (1 << 53) + 1, (1 << 53), 9007199254740993, 1e308, -2^63, math.mininteger, 0.0, 0, 1/0, -1/0, 0/0, 0.5, -0.5 }
for _, a in ipairs(list) do for _, b in ipairs(list) do io.write(a == b and "=" or ".", a < b and "<" or ".", a <= b and "l" or ".", " ") end print() end
-- check: floats with integer values are integer keys
local t = { [1.0] = "a", [2^53] = "b" }
t[2.0], t[-0.0], t["1"] = "c", "zero", "text"
print(t[1], t[1 << 53], t[2], t[0], t["1"], #t)
for k in pairs { [3.0] = 1, [-4.0] = 1 } do io.write(math.type(k), " ") end print()
print(next({ [2^63] = 1 }), math.type((next({ [2^63] = 1 }))), math.type((next({ [-2^63] = 1 }))))
print(pcall(function() t[0/0] = 1 end)) print(t[0/0]) print(pcall(function() t[nil] = 1 end)) print(t[nil])
-- check: integer keys in constructors and next
local t = { 1, 2, 3, [2] = "two", [4.0] = "four", n = 1, [3.5] = 1 }
print(t[2], t[4], #t, rawlen(t)) t[5] = 5 t[6.0] = 6 print(#t, pcall(next, t, 5.0)) print(pcall(next, { 1, 2 }, 1.0))
-- check: tostring of floats
for _, v in ipairs { 1e15, 1e14, 123456.789e3, 1e-5, 0.1, 1/3, 2^24, 2^63, -2^63, 1e100, 5e-324, 1.7976931348623157e308, 100.0, 1e2, 12345678901234567890.0, 3.14159265358979, -1e15, 0.1 + 0.2 } do io.write(tostring(v), " ", v .. "", " ") print(v) end
-- check: tonumber of everything
each(edges, function(v) return tonumber(v), math.type(tonumber(v)) end)
for _, s in ipairs { "0x", "0x1p", "1e", "1e+", "1_000", "0b1", "1.", ".1", ".", "-", "--1", "- 1", "+1", "+-1", "0x-1", "-0x1", "1 2", "1\0", "\t1\n", "1e1000", "-1e1000", "0x1.8", "0x.8p-1", "inf", "nan", "infinity", "0X1P+3", "0xfffffffffffffffff", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", ("1"):rep(400), "0." .. ("0"):rep(400) .. "1", "1e-400" } do print(s:sub(1, 30), tonumber(s)) end
-- check: tonumber with bases
for _, case in ipairs { { "ff", 16 }, { "zz", 36 }, { "-zz", 36 }, { "12", 2 }, { "777", 8 }, { " 11 ", 2 }, { "1.5", 10 }, { "", 10 }, { "-", 10 }, { "7fffffffffffffff", 16 }, { "ffffffffffffffff", 16 }, { "10000000000000000", 16 }, { "1\0", 10 }, { "9", 9 }, { "A", 11 } } do print(case[1], case[2], tonumber(case[1], case[2])) end
for _, case in ipairs { { "1", 1 }, { "1", 37 }, { 1, 10 }, { {}, 10 }, { "1", "x" }, { "1", 2.5 }, { nil, 10 } } do try(tonumber, case[1], case[2]) end try(tonumber)
-- check: math.type, tointeger and ult
each(edges, math.type) each(edges, math.tointeger) try(math.type) try(math.tointeger) try(math.tointeger, {}) each({ 1, -1, 2.0, "3" }, function(v) return math.ult(v, 2), math.ult(2, v) end) try(math.ult, 1.5, 1) try(math.ult, 1)
-- check: floor and ceil of everything
each(edges, math.floor) each(edges, math.ceil)
-- check: abs, fmod and modf of everything
each(edges, math.abs) each(edges, function(v) return math.fmod(v, 3), math.fmod(v, -3.0), math.fmod(7, v) end) each(edges, math.modf)
-- check: max and min keep their arguments' type
print(math.max(1, 2.0), math.max(2, 2.0), math.max(2.0, 2), math.min(1, 1.0), math.min(1.0, 1), math.max(0/0, 1) ~= math.max(0/0, 1), math.max(1, 0/0)) try(math.max, 1, {}) try(math.min) try(math.min, "x") try(math.max, "10", 9) print(math.max("10"), math.min("2", "10"))
-- check: old math functions on everything
each(edges, function(v) return string.format("%.10g %.10g", math.cosh(v), math.sinh(v)) end) each(edges, math.tanh) each(edges, math.log10) each(edges, math.frexp)
for _, case in ipairs { { 1, 10 }, { 0.5, -1 }, { 3, 2.0 }, { 1, 2000 }, { 1, -2000 }, { 1, 1.5 }, { "2", "3" }, { 1, 2^31 }, { 1, 2^32 } } do print(case[1], case[2], pcall(math.ldexp, case[1], case[2])) end try(math.ldexp, 1) try(math.frexp) try(math.pow, 2) print(math.pow(2, 0.5), math.pow(-8, 1/3) ~= math.pow(-8, 1/3))
-- check: log with bases
for _, base in ipairs { 2, 10, 3, 0.5, 2.0, "10", 1, 0, -1 } do print(base, string.format("%.12g", math.log(8, base))) end try(math.log) try(math.log, 1, {})
-- check: integer arguments of functions
for _, v in ipairs { 2, 2.0, "2", "2.0", " 2 ", "0x2" } do print(("abc"):sub(v), ("x"):rep(v), select(v, "a", "b"), table.concat({ 1, 2, 3 }, ",", v), utf8.char(v) == "\2", string.char(v) == "\2", ("abc"):byte(v)) end
for _, v in ipairs { 2.5, "2.5", "x", 2^63, {}, true } do try(string.sub, "abc", v) try(string.rep, "x", v) try(select, v, 1) try(table.concat, { 1 }, "", v) try(utf8.char, v) end
-- check: concatenation of numbers
print(1 .. 2, 1.0 .. "", -0.0 .. "", 2^63 .. "", 1e100 .. "", math.mininteger .. "", 10 // 3 .. "", 10 / 2 .. "", 2^31 .. "|", 1 .. "" == "1", 1.0 .. "" == "1")
-- check: numerals in source
for _, text in ipairs { "0x", "0xg", "1e", "1e+", "3x", "0x1p", "1..2", "1.2.3", "0x1.2.3", "08", "0x.p1", ".e1", "1e5e5", "0xep1", "5and 6", "0x5and", "1else", "9e999", "0x1p99999", "1E+2", "0XAp1" } do print(text, select(2, load("return " .. text, "=n"))) local f = load("return " .. text) if f then print(pcall(f)) end end
-- check: wrap around in loops and sums
local s = math.maxinteger for i = 1, 3 do s = s + i end print(s)
local s = 1 for i = 1, 70 do s = s * 2 end print(s)
local s = 1.0 for i = 1, 70 do s = s * 2 end print(s)
local s = 3 for i = 1, 50 do s = s * s end print(s)
print(math.mininteger // -1, math.mininteger % -1, -math.mininteger, math.abs(math.mininteger), math.mininteger * -1)
