-- The utf8 functions on well-formed and broken strings, from all positions.
-- versions: 5.3+
local function show(v) return type(v) == "string" and string.format("%q", v) or type(v) == "function" and "function" or tostring(v) end
local function try(name, f, ...)
  local r = table.pack(pcall(f, ...))
  for i = 1, r.n do r[i] = show(r[i]) end
  print(name, table.concat(r, " "))
end
local strings = {"", "abc", "aé€𐍈z", "\xff", "\x80", "a\x80", "\xc2", "\xe2\x82", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf7\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf", "\xfc\x80\x80\x80\x80\x80",
  "\xf8\x88\x80\x80\x80", "\xe2\x82\xacx\x80", "日本語", "a\0b", "\xfe\x80\x80\x80\x80\x80\x80", "é\x80"}

-- check: len and codepoint
for _, s in ipairs(strings) do
  for _, lax in ipairs {false, true} do
    for i = -4, 6 do
      for j = -4, 6 do try("len", utf8.len, s, i, j, lax) try("codepoint", utf8.codepoint, s, i, j, lax) end
      try("codepoint", utf8.codepoint, s, i) try("len", utf8.len, s, i)
    end
  end
end
-- check: codes
for _, s in ipairs(strings) do
  for _, lax in ipairs {false, true} do
    try("codes", function()
      local found = {}
      for p, c in utf8.codes(s, lax) do found[#found + 1] = p .. ":" .. c end
      return table.concat(found, " ")
    end)
  end
end
local f, s, i = utf8.codes("aé")
print(type(f), s, i, f(s, 0), f(s, 1), f(s, 2), f(s, 4), f(s, -1), pcall(f, s, "x"))
-- check: offset
for _, s in ipairs(strings) do
  for n = -5, 6 do
    try("offset", utf8.offset, s, n)
    for i = -4, 6 do try("offset", utf8.offset, s, n, i) end
  end
end
-- check: char
for _, c in ipairs {0, 65, 127, 128, 0x7ff, 0x800, 0xd800, 0xffff, 0x10000, 0x10ffff, 0x110000, 0x1fffff, 0x200000, 0x3ffffff, 0x4000000, 0x7fffffff, 0x80000000, -1, 1.5, "65", {}} do try("char", utf8.char, c) try("char", utf8.char, c, c, 66) end
-- check: arguments
for _, f in ipairs {"char", "len", "codes", "offset", "codepoint"} do try(f, utf8[f]) try(f, utf8[f], {}) try(f, utf8[f], "x", {}) try(f, utf8[f], "\x80") try(f, utf8[f], 12, 1) end
try("len", utf8.len, "abc", math.mininteger) try("len", utf8.len, "abc", 1, math.maxinteger) try("offset", utf8.offset, "abc", math.mininteger) try("offset", utf8.offset, "abc", math.maxinteger)
print(show(utf8.charpattern))
