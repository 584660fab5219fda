-- Sources and chunks that are wrong in unusual ways: messages and the lines in them.
local load = loadstring or load
local function try(source)
  local f, message = load(source, "=s")
  print((source:sub(1, 60):gsub("%c", function(c) return "\\" .. c:byte() end)), f and "ok" or message)
end
-- check: numerals
for _, numeral in ipairs {"0x1p", "0x1pp", "0x1ppa", "0x1.Pp1", "1e", "1ee", "1ee5", "1e+", "1e++1", "1e5e5", "0x", "0xg", "0x.", "0x1.8p-1e",
  "1..2", "1.2.3", "3x", "3_", "08", "0b1", "0x1e+1", "0x1p4p4", "1e5.", "1e5.2", ".5.", ".5e", "5.e3", "0X1P+2"} do
  try("return " .. numeral) try("return {..." .. numeral .. "package}")
end
-- check: NUL in sources
for _, source in ipairs {"return 1\0 + 2", "return 5 % 2\0, 1", "return 1e\0 5", "return 1\0e5", "return 1\0\0\0 + 1", "return 0\0x10", "for i = 1, 30\0do end", "return 1\0abc",
  "return 'a'.\0'b'", "return 'a'\0..'b'", "local function f(.\0.) end", "return x.\0y", "return\0 1", "return '\0'", "--\0\nreturn 1", "\0return 1", "return 1\0"} do
  try(source)
  local f = load(source) if f then print(pcall(f)) end
end
-- check: lines of calls and jumps
local sources = {"f(\n1 = 2", "f\n.x(\n1 = 2", "a.b\n:m(\n1,\n = 3", "(\nf)(1 = 2", "f{\n1 = = 2", "goto \nnowhere", "do goto\n\nnowhere end", "if x then goto\nnowhere end",
  "while x do\nlocal function f() break end\nend", "break\n\n", "f(\n\n1", "x = {\n{\n", "if x\nthen", "for i = 1,\n2", "a[\n1 = 2"}
for _, source in ipairs(sources) do try(source) end
local f = load("local a = {b = {}}\nlocal x = a\n.b\n.c('x')", "=s") print(pcall(f))
local f = load("local a = {b = {}}\nlocal x = a\n.b\n:c{\n}", "=s") print(pcall(f))
-- check: chunks of other programs
for _, tail in ipairs {"", "L", "Lu", "Lua", "Lux", "Luax", "abcdefghij", "abcdefghijklmnopqrs", "Lua\81\0\1\4\8\4\8\0", "Lua\82\0\1\4\8\4\8\0", "Lua\83", "Lua\83\0", "Lua\84\0",
  "Lua\84\0\25\147", "Lua\85\0\25\147\r\n\26\n\4", "Lua\83\0\25\147\r\n\26\n\4", "Lua\83\1", "Lua\255", ("x"):rep(40)} do
  try("\27" .. tail)
end
-- check: readers with nothing for the first piece
for _, nothing in ipairs {"", false} do
  for last = 0, 3 do
    local calls = 0
    local f, message = _G.load(function()
      calls = calls + 1
      if calls == last then return "return 'piece', ..." end
      return nothing or nil
    end, "=s")
    print(last, calls, message)
    print(f("argument"))
  end
end
