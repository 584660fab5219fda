-- string.format: all conversions with all combinations of modifiers.
local unpack = unpack or table.unpack
local function show(v) return type(v) == "string" and string.format("%q", v) or tostring(v) end
local function try(form, ...)
  local ok, r = pcall(string.format, form, ...)
  print(show(form), ok, show(r))
end
local flags = {"", "-", "+", " ", "#", "0", "-+", "+0", " 0", "-0", "+ ", "#0", "-#", "--", "+#0- "}
local function every(conversions, widths, precisions, values)
  for c in conversions:gmatch "." do
    for _, flag in ipairs(flags) do
      for _, width in ipairs(widths) do
        for _, precision in ipairs(precisions) do
          for _, v in ipairs(values) do try("%" .. flag .. width .. precision .. c, v) end
        end
      end
    end
  end
end

-- check: integers
every("diuxXo", {"", "5", "25"}, {"", ".", ".0", ".3", ".30"},
  {0, 1, -1, 42, -42, 1234567, math.maxinteger, math.mininteger, "10", "0x10", 3.0, -0.0})
-- check: floats
local floats = {0.0, -0.0, 1.0, -1.5, 0.1, 3.14159265358979, 1e15, 1e16, 1e100, 1e-5, 1e-10, 1e300, -1e-300, 5e-324, 2^53, 2^63, 1/0, -1/0,
  0.5, 2.5, 0.125, 0.375, 99.995, 999999.5, 123456789.123456789, 7, "1.5", 9.999999e22, 1 - 2^-53}
every("feEgGaAF", {"", "5", "25"}, {"", ".", ".0", ".1", ".3", ".14", ".15", ".16", ".99"}, floats)
-- check: many floats
-- versions: 5.3+
local seed = 1
for _ = 1, 3000 do
  seed = seed * 6364136223846793005 + 1442695040888963407
  local f = (seed >> 11) * 2.0 ^ ((seed & 127) - 110)
  print(string.format("%.0f %.1f %.2f %.3f %f %.10f %.15f %g %.14g %.17g %10.3f|%-12.2f|%+.1f|% .2f|%08.2f", f, f, f, f, f, f, f, f, f, f, f, f, f, f, f))
end
-- check: characters, strings and the rest
every("csqdf", {"", "1", "5", "20", "99", "100"}, {"", ".", ".0", ".3", ".99", ".100"}, {65, "abc", "", ("x"):rep(120), "a\0b", true})
every("p", {"", "5", "20"}, {"", ".1"}, {12, true, false})
try("%p", nil)
-- check: quoted
for _, v in ipairs {"", "a\nb", "\r\0001\0", "\"\\", "\1272\200", 0, 1, -1, 1.0, 0.1, -0.0, 1/0, -1/0, math.maxinteger, math.mininteger, 1e100, 2^-1074, true, false, print} do try("%q", v) end
try("%q", 0/0) try("%q", nil) try("%q")
-- check: texts by metamethod
local function shown_as(v) return setmetatable({}, {__tostring = function() return v end}) end
try("%s", shown_as(1)) try("%s", shown_as "a\0b") try("%5s", shown_as "a\0b") try("%.3s", shown_as "abcdef") try("%s|%10s", shown_as "T", shown_as "U")
-- check: wrong formats
for _, form in ipairs {"%", "%%", "%5", "%y", "%ll", "%ld", "%n", "%0000000000000000000000d", "%-----------------------d", "% ", "%.", "%5.", "%z%d", "a%", "%1$d", "%*d",
  "%5\0d", "\0%d\0", "%d%%%d", "%10.5", "%L", "%P", "%Q", "%I", "%S", "%12345678901234567890d", "%1234567890123456789012345d", "%123d", "%.123d", "%5.123d", "%0-5d", "%-05d", "%+q",
  "%5q", "%.3q", "%#q"} do
  try(form, 1, 2, 3)
  try(form)
end
-- check: wrong arguments
try("%s") try("%d") try("%d", 1.5) try("%d", "1.5") try("%d", "x") try("%d", {}) try("%c", "x") try("%f", "x") try("%d", 2^63) try("%x", nil)
-- check: several
print(string.format("%s %s %s %d %5.2f %x", 1, 2.5, "three", 4, 5.678, 255), string.format("%-10s|%10s|", "ab", "cd"))
local words = {}
for i = 1, 50 do words[i] = ("v"):rep(i) end
print(string.format(("%s"):rep(50), unpack(words)))
