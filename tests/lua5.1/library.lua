-- Functions of the library that only 5.1 has, or has otherwise.

-- check: the globals
local names = {}
for name in pairs(_G) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
-- check: the libraries
for _, library in ipairs { "string", "table", "math", "io", "os", "debug", "package" } do
  local names = {}
  for name in pairs(_G[library]) do names[#names + 1] = name end
  table.sort(names)
  print(library, table.concat(names, " "))
end
-- check: what is loaded
local names = {}
for name in pairs(package.loaded) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
-- check: aliases
print(math.mod == math.fmod, string.gfind == string.gmatch, table.unpack, loadlib)
-- check: unpack
print(unpack({ 1, 2, 3 }), unpack({ 1, 2, 3 }, 2), unpack({ 1, 2 }, 1, 3))
print(pcall(unpack), pcall(unpack, 5))
print(pcall(unpack, {}, 1, 1e7))
print(select("#", unpack({}, 1, 7000)))
-- check: table.foreach and table.foreachi
table.foreach({ 10, 20 }, print)
table.foreachi({ 10, 20, nil, 40 }, print)
print(table.foreach({ a = 1 }, function(k, v) return k .. v end))
print(table.foreachi({ 5, 6 }, function(i, v) if v == 6 then return i end end))
print(pcall(table.foreach, 5, print))
print(pcall(table.foreachi, {}, 5))
-- check: table.getn, table.setn and table.maxn
print(table.getn({ 1, 2, 3 }), table.getn({ n = 5 }), pcall(table.getn, "x"))
print(pcall(table.setn, {}, 5))
print(table.maxn({ 1, 2, [10] = 3, [3.5] = 4, x = 5 }), table.maxn({}))
-- check: table functions do not use metamethods
local t = setmetatable({}, { __index = function(_, i) return i end, __newindex = error, __len = error })
table.insert(t, "x")
print(#t, rawget(t, 1), table.concat(t, ","), table.remove(t), #t)
-- check: insert and remove beyond the end
local t = { 1, 2 }
table.insert(t, 5, "far")
print(t[5], #t == 5 or #t == 2, table.remove({}, 1), table.remove({ 1 }, 5))
-- check: loadstring
print(loadstring("return 1 +"))
print(loadstring("return ...")(1, 2))
print(loadstring("x =", "=name"))
print(loadstring("x =", "@file.lua"))
print(loadstring("x = =\ny", "line one\nline two"))
-- check: load
local parts = { "return ", "1", " + 2", nil }
local i = 0
print(load(function() i = i + 1; return parts[i] end)())
print(pcall(load, "return 1"))
print(load(function() return {} end))
print(load(function() error("reader") end))
print(type(load(function() return nil end)))
-- check: gcinfo and collectgarbage
print(type(gcinfo()), gcinfo() == math.floor(collectgarbage("count")), collectgarbage(), collectgarbage("step"))
print(collectgarbage("setpause", 200), collectgarbage("setstepmul", 200), pcall(collectgarbage, "isrunning"))
-- check: tostring and tonumber
print(tonumber("0x10"), tonumber("1e1"), tonumber(" 5 "), tonumber("5x"), tonumber(""), tonumber("10", 2), tonumber("zz", 36), tonumber("8", 8))
print(tonumber("inf"), tonumber("-inf"), tonumber("0x"), tonumber("1 2"), tonumber("10", 10))
print(tostring(nil), tostring(true), tostring(12), tostring("x"), pcall(tostring))
-- check: string functions
print(("x"):rep(3), ("x"):rep(-1), ("abc"):byte(-1), ("abc"):sub(2, 10), #("x"):rep(0))
print(("x"):rep(3, ","))
print(string.format("%q", 'a\n"b"\0c\\'), string.format("%5.2f|%-5s|%05d|%x", 1.234, "ab", 42, 255))
print(pcall(string.format, "%d"), pcall(string.format, "%y", 1))
print(string.format("%s", setmetatable({}, { __tostring = function() return "x" end }) and "y"))
-- check: patterns
print(("a\0b"):find("%z"), ("a\0b"):gsub("%z", "0"), ("hello"):find("l", 1, true), ("hello"):find("", 10))
print(("THE (quick) fox"):find("%((%a+)%)"), ("abc"):gsub("%w", "%0%0"), ("abc"):gsub("", "-"))
print(("abc"):gsub("b", "%x"), ("hello world"):gsub("o", { o = "0" }), ("f(a,b)"):match("%b()"))
print(pcall(string.gsub, "x", "x", "%2"), pcall(string.find, "x", "[a"), pcall(string.find, "x", "%"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower))
-- check: gmatch
for w in ("one two"):gmatch("%a+") do io.write(w, ";") end
for w in string.gfind("a1b2", "%a%d") do io.write(w, ";") end
for w in ("aaa"):gmatch("^a") do io.write(w, ";") end
print()
-- check: math
print(math.log10(1000), math.pow(2, 10), math.fmod(-7, 3), math.ldexp(1, 4), math.frexp(8), math.modf(-3.5))
print(math.floor(-0.5), math.ceil(1.2), math.max(1, 5, 3), math.cosh(0), pcall(math.max), math.type, math.ult)
print(math.log(8, 2) == math.log(8))
-- check: xpcall takes no arguments
print(xpcall(function(...) return select("#", ...) end, print, 1, 2))
print(pcall(xpcall, print))
-- check: select
print(select("#"), select("#", nil, nil), select(-1, 1, 2), select(2, "a", "b"), pcall(select, 0))
-- check: assert
print(pcall(assert, false), pcall(assert, nil, "message"), pcall(assert, false, {}), assert(1, 2, 3))
-- check: error positions
print(pcall(error, "x"), pcall(error, "x", 0), pcall(error), pcall(error, 5), pcall(function() error("here", 2) end))
-- check: next and pairs
print(next({}), next({ 5 }), pcall(next, {}, "none"), pcall(pairs), pcall(ipairs), pcall(pairs, 5))
-- check: os.date and os.time
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!*t", 3600).hour, os.time { year = 2000, month = 1, day = 1, hour = 12 } ~= nil)
-- check: io functions
local f = assert(io.open("data", "w"))
print(f:write("one\n", 2, "\n", 3.5, "\nlast"), io.type(f))
print(f:close(), io.type(f), io.type(5), pcall(f.write, f, "x"))
for line in io.lines("data") do io.write("[", line, "]") end
print()
local f = io.open("data")
print(f:read("*l", "*n", "*l", "*n", "*a"))
print(f:read("*a"), f:read("*l"), f:read(0), f:read("*n"))
print(f:seek("set", 2), f:read(3), f:seek("cur"), f:seek("end"))
f:close()
print(io.open("none"))
print(pcall(io.lines, "none"))
print(pcall(io.close, f))
print(tostring(f), (tostring(io.stdout):gsub("0x%x+", "address")))
