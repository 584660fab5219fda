-- Floats as text: as many digits as it takes to read them back.
local function show(...) for _, f in ipairs{...} do io.write(tostring(f), " ") end print() end

-- check: whole numbers
show(0.0, 1.0, -1.0, 10.0, 123456.0, 2.0^52, 2.0^53, 2.0^53 + 2, 2.0^63, -2.0^63, 1e14, 1e15, 1e16, 1e17, 1e18)
-- check: negative zero and what is no number
show(-0.0, 0.0, 1 / 0, -1 / 0) print((tostring(0 / 0):gsub("-", "")), -(0 / 0) ~= -(0 / 0))
-- check: seventeen digits
show(0.1 + 0.2, 1 / 3, 2 / 3, 1.1 * 1.1, 100 * 1.1, 3.3 * 3, 0.7 + 0.1, 4.35 * 100, 1.005 * 1000, 1e23, 9007199254740993.0)
-- check: fifteen digits are enough
show(0.1, 0.2, 0.3, 0.7, 1.1, 2.2, 3.14159, 1e-5, 123.456, 1e21, 5e20, 6.02214076e23, 299792458.0)
-- check: the largest and the smallest
show(1.7976931348623157e308, 2.2250738585072014e-308, 5e-324, 4.9406564584124654e-324, 2.2250738585072011e-308, 1e308, 1e-308)
-- check: exponents
show(1e5, 1e10, 1e15, 1e16, 1e17, 1e99, 1e100, 1e-4, 1e-5, 1e-10, 1e-99, 1e-100, 123456789e20, 1.5e300)
-- check: all read back
local state, bad = 12345, 0
for i = 1, 3000 do
  state = (state * 6364136223846793005 + 1442695040888963407)
  local f = string.unpack("d", string.pack("j", state))
  if f == f and tonumber(tostring(f)) ~= f then bad = bad + 1 end
end
print(bad)
-- check: samples of all sizes
local state = 99
for i = 1, 150 do
  state = (state * 6364136223846793005 + 1442695040888963407)
  local f = string.unpack("d", string.pack("j", state))
  if f == f then print(f) end
end
-- check: samples between zero and one
local state = 7 for i = 1, 80 do state = (state * 6364136223846793005 + 1442695040888963407) print((state >> 11) / 2^53, (state >> 40) / 2^10, (state >> 50) / 100) end
-- check: concatenation
print(1.5 .. "", 2.0 .. "|", 0.1 + 0.2 .. "", -0.0 .. "", 1e100 .. "x", 1 .. 2, 1.0 .. 2)
-- check: as keys and in joined tables
local t = {} t[0.1 + 0.2] = "a" t[0.3] = "b" print(t[0.30000000000000004], t[0.3]) print(table.concat({0.1 + 0.2, 1.0, 2, 1 / 3}, ";"))
-- check: in formats
print(("%s %s %s"):format(0.1 + 0.2, 1.0, 1 / 3)) print(("%q %q %q"):format(0.1, 1.0, 1 / 3)) print(("%.14g %.17g %g %a"):format(0.1 + 0.2, 0.1, 0.1, 0.1)) print(("%d"):format(3.0)) print(pcall(string.format, "%d", 3.5))
-- check: written to files
io.write(0.1 + 0.2, " ", 1.0, " ", 1 / 3, " ", -0.0, " ", 2^63, "\n") io.stdout:write(1e15, " ", 1e16, "\n")
-- check: printed
print(0.1 + 0.2, 1.0, -0.0, 1e300 * 10, 2^53, 2^31, 3 // 1.0, 7 % 2.5, 2^0.5)
-- check: in messages
print(pcall(function() local t = {} t[0.1 + 0.2].x = 1 end)) print(pcall(string.rep, "x", 0.1 + 0.2)) print(pcall(math.tointeger, 0.1 + 0.2)) print(pcall(function() return 1 < "2" end)) print(pcall(error, 0.1 + 0.2)) print(pcall(error, 1.0)) print(select(2, load("x = 0.1.2")), select(2, load("x = 0.30000000000000004 y")))
-- check: errors that are numbers
print(pcall(error, 1 / 3)) print(select(2, pcall(error, 0.5, 2)) == 0.5) print(coroutine.resume(coroutine.create(function() error(0.1 + 0.2) end)))
-- check: in debug information
print(debug.traceback(0.1 + 0.2)) local function f() local x = 0.1 + 0.2 return debug.getlocal(1, 1) end print(f())
-- check: integers stay integers
show(1, -1, math.maxinteger, math.mininteger, 1 << 62, 10 // 3, 2^53 | 0, 7 // 1) print(math.type(tonumber("10")), math.type(tonumber("10.0")), tonumber("1e1"), tonumber("0x10"), tonumber("0x1p4"), tonumber("0x.8"))
-- check: large integers as text turn into floats
print(9223372036854775807, 9223372036854775808, -9223372036854775808, 0xffffffffffffffff, 18446744073709551616, tonumber("9223372036854775808"), tonumber("-9223372036854775809"), math.mininteger)
-- check: comparisons of what was printed
for _, f in ipairs{0.1, 1 / 3, 2 / 3, 1e22, 1e23, 123456789.123456789} do io.write(tostring(tostring(f) == ("%.15g"):format(f)), " ", tostring(tostring(f) == ("%.17g"):format(f)), " ") end print()
