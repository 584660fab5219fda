-- pack, packsize and unpack: all options with all kinds of values.
-- versions: 5.3+
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local function show(v) return type(v) == "string" and string.format("%q", v) or math.type(v) == "float" and string.format("%a", v) or tostring(v) end
local function try(name, f, ...)
  local r = pack(pcall(f, ...))
  local text = {}
  for i = 1, r.n do text[i] = show(r[i]) end
  print(name, table.concat(text, " "))
  return r[1] and r[2]
end
local options = {"b", "B", "h", "H", "l", "L", "j", "J", "T", "f", "n", "d", "i", "I", "i1", "i2", "i3", "i7", "i8", "i9", "i15", "i16", "I1", "I3", "I8", "I9", "I16", "s", "s1",
  "s2", "s4", "s16", "z", "x", "c0", "c1", "c5", "c10", "X", "Xb", "Xi4", "Xc1", "Xs", "Xz", "X ", "XX", "i17", "I0", "i0", "s0", "s17", "c", "!", "!1", "!2", "!3", "!16", "!17", "<",
  ">", "=", " ", "y", "c99999999999", "i99999999999", "\0i", "ci"}

-- check: packsize
for _, o in ipairs(options) do
  try(o, string.packsize, o) try(o, string.packsize, "b" .. o) try(o, string.packsize, "!4 b" .. o .. "b")
end
try("large", string.packsize, "c2147483647") try("large", string.packsize, "c2147483647b") try("large", string.packsize, "c2147483640i8")
-- check: pack and back
local values = {0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, 65535, 65536, 2^31, math.maxinteger, math.mininteger, 1.5, "abc", "", "a\0b", ("x"):rep(300), "10", true}
for _, o in ipairs(options) do
  if o ~= "c99999999999" then
    for _, order in ipairs {"<", ">", "!<"} do
      for _, v in ipairs(values) do
        local s = try(order .. o, string.pack, order .. o, v)
        if s then try("back", string.unpack, order .. o, s) try("twice", string.unpack, order .. o .. o, s .. s) try("second", string.unpack, order .. o, s, 2) end
        try("aligned", string.pack, ">!4 b" .. o, 1, v)
      end
    end
    try("none", string.pack, o)
  end
end
-- check: unpack
for _, o in ipairs(options) do
  for _, data in ipairs {"", "\0", "\255", "\1\2\3\4\5\6\7\8\9\10\11\12\13\14\15\16\17", ("\255"):rep(20), ("\0"):rep(20), ("\255"):rep(8) .. ("\0"):rep(12), ("\0"):rep(8) .. ("\255"):rep(8)} do
    for _, order in ipairs {"<", ">", "!>"} do
      try(o, string.unpack, order .. o, data) try(o, string.unpack, order .. o, data, 2) try(o, string.unpack, order .. "b" .. o, data, -2)
    end
  end
end
-- check: positions and several
for _, p in ipairs {-100, -1, 0, 1, 3, 4, 5, math.maxinteger, math.mininteger} do try(p, string.unpack, "b", "abc", p) try(p, string.unpack, "", "abc", p) end
try("several", string.pack, "!8 b Xh i4 i8 c1 Xi8", -12, 100, 200, "x") try("several", string.pack, "<i1 >i2 =i4 z s1", 1, 2, 3, "z", "s") try("many", string.unpack, ("b"):rep(100), ("\1"):rep(100))
try("float", string.pack, "f", 1e300) try("float", string.pack, "<f", 0.1) try("float", string.pack, ">d", 0.1) try("float", string.pack, "n", "1.5") try("float", string.pack, "d", 3)
try("align", string.pack, "!3 i3", 1) try("align", string.pack, "!4 i3", 1) try("align", string.pack, "!2 i3", 1) try("align", string.pack, "!4 b i6", 1, 1)
