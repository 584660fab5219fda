-- Chunks: load and its modes, binary chunks, their refusal.

-- check: dump and load
local function f(a, ...t) local x <const> = 5 for i = 1, t.n do a = a + t[i] * x end return a, ... end local g = load(string.dump(f)) print(g(1, 2, 3)) print(load(string.dump(f, true))(1, 2, 3))
-- check: upvalues of loaded functions
local up = 7 local g = load(string.dump(function() return up end)) print((debug.getupvalue(g, 1))) print(select(2, pcall(g)) == _G) debug.setupvalue(g, 1, 9) print(g()) local h = load(string.dump(function() return print, up end)) print(debug.getupvalue(h, 1) , debug.getupvalue(h, 2))
-- check: environments
print(load("return x", "c", "t", {x = 5})()) print(load("x = 1; global y; y = x", "c")) local e = {} load("global x, y; x = 1; y = x", "c", "t", e)() print(e.x, e.y) print(pcall(load("return x", "c", "t", nil))) print(pcall(load("return x", "c", "t", 5)))
-- check: pieces
local n = 0 local pieces = {"global x; ", "x = ", "1 ", "return x"} print(load(function() n = n + 1 return pieces[n] end)()) print(type(load(function() return nil end))) print(type(load(function() return "" end))) print(load(function() return {} end)) print(load(function() return true end)) print(pcall(load, nil)) print(type(load(""))) n = 0 local bytes = string.dump(function(...t) return t.n end) print(load(function() n = n + 1 return n <= #bytes and bytes:sub(n, n) or nil end)(1, 2))
-- check: modes
local b = string.dump(function() return "binary" end) for _, mode in ipairs{"b", "t", "bt", "tb", "", "x"} do local f, m = load(b, "b", mode) print(mode, f and f(), m) local f, m = load("return 'text'", "t", mode) print(mode, f and f(), m) end
-- check: the mode of buffers that stay
print(pcall(load, "return 1", "x", "B")) print(pcall(load, "return 1", "x", "bB")) print(pcall(loadfile, "x", "B")) print(pcall(load, function() end, "x", "B"))
-- check: truncated chunks
local b = string.dump(load("local a <const>, b = 1, 'text' global x; x = function(...t) return t.n, b, a end return x(1, 2)", "=c")) local refused = 0 for i = 1, #b - 1 do local f, m = load(b:sub(1, i), "=t") if not f and m:find "truncated" then refused = refused + 1 end end print(refused == #b - 1, load(b)())
-- check: damaged headers
local b = string.dump(function() end) for i = 1, 30 do local f, m = load(b:sub(1, i - 1) .. string.char(b:byte(i) ~ 255) .. b:sub(i + 1), "=d") print(i, f == nil, i < 20 and m) end
-- check: chunks of other versions
for _, head in ipairs{"\27Lua\x54", "\27Lua\x53\0", "\27Lua\x51", "\27Lua\x56", "\27Lu", "\27", "\27LuaR", "\27lua\x55"} do print(load(head, "=v")) print(load(head .. ("\0"):rep(100), "=v")) end
-- check: names of binary chunks
print(load("\27Lua", "@file")) print(load("\27Lua", "text")) print(load("\27Lua", "\27Lua")) print(load("\27Lua")) print(load("\27Lua", "="))
-- check: string.dump refuses
print(pcall(string.dump)) print(pcall(string.dump, print)) print(pcall(string.dump, {})) print(pcall(string.dump, 1)) print(pcall(string.dump, coroutine.wrap(function() end)))
-- check: debug information survives
local b = string.dump(load("local function f(a, b) local c = 1\n\n error 'here' end return f", "@name.lua")) print(pcall(load(b)())) print(debug.getinfo(load(b)(), "S").short_src, debug.getlocal(load(b)(), 1), debug.getlocal(load(b)(), 2))
-- check: without debug information
local b = string.dump(load("local function f(a, b) local c = 1\n\n error 'here' end return f", "@name.lua"), true) local f = load(b)() print(pcall(f)) print(debug.getlocal(f, 1)) local i = debug.getinfo(f, "Sl") print(i.short_src, i.source, i.linedefined, i.currentline) print(next(debug.getinfo(f, "L").activelines or {}))
-- check: messages without debug information
for _, text in ipairs{"local t = ... t.x.y = 1", "local a = ... return a + {}", "local a = ... a()", "x.y.z = 1", "local a, b = ... for i = 1, a do end", "global zz = 1; global zz = 2", "local x <close> = 5", "return function(...t) return t.x.y end"} do local f = load(string.dump(load(text, "=n"), true)) local ok, r = pcall(f) print(ok, ok or r) if ok then print(pcall(r)) end end
-- check: strings are shared
local s = ("s"):rep(1000) local b = string.dump(load(("local a = '%s' return function() return '%s' end, function() return '%s', a end"):format(s, s, s), "=c")) print(#b < 2000, select(2, b:gsub(s, ""))) local f, g = load(b)() print(f() == s, g() == s)
-- check: functions inside functions
local text = "return 1" for i = 1, 30 do text = "return (function(...t) " .. text .. ", t.n end)(" .. ("0,"):rep(i) .. "0)" end print(load(string.dump(load(text)))())
-- check: loadfile and dofile
local f = assert(io.open("chunk.lua", "w")) f:write("#! first line\nglobal x <const> = ...\nreturn x, 2") f:close() print(loadfile("chunk.lua")("arg")) x = nil print(pcall(loadfile, "none.lua")) print(loadfile "none.lua") x = nil print(dofile "chunk.lua") f = assert(io.open("chunk.bin", "wb")) f:write("# comment\n", string.dump(function(...t) return t.n end)) f:close() print(loadfile("chunk.bin")(1, 2)) print(loadfile("chunk.bin", "t"))
-- check: byte order marks
local function file(text) local f = io.open("bom.lua", "wb") f:write(text) f:close() return loadfile "bom.lua" end print(file("\xEF\xBB\xBFreturn 1")()) print(file("\xEF\xBB\xBF#!x\nreturn 2")()) print(file "\xEF\xBB") print(file "\xEF\xBBreturn 1") print(type(file "#"))
-- check: constants of all kinds
local f = load "return nil, true, false, 0, -1, 1 << 62, 0.5, -0.0, 1e300, 'short', ('long'):rep(1), 'a\\0b', math.mininteger, 0x7fffffffffffffff" print(f()) print(load(string.dump(f))())
-- check: tables and loops in chunks
local f = load "local t = {1, 2, 3, x = 1, [10] = 2, f = function() return 1 end} local s = 0 for k, v in pairs(t) do s = s + (tonumber(v) or 0) end for i = 10, 1, -3 do s = s + i end while s < 100 do s = s * 2 end repeat s = s - 7 until s < 50 goto done do s = 0 end ::done:: return s" print(f()) print(load(string.dump(f))()) print(load(string.dump(f, true))())
-- check: require a file with declarations
local f = assert(io.open("declared.lua", "w")) f:write("global <const> *\nlocal M = {}\nglobal declared_here <const> = 3\nfunction M.f() return declared_here end\nreturn M") f:close() package.path = "./?.lua" print(require("declared").f(), declared_here, select(2, require "declared"))
