-- Limits of 5.1: of the compiler, of calls, of the libraries.
local function load(text, ...) local f, message = loadstring(text, "=c") if f then return pcall(f, ...) end return message end
local function list(n, form, between) local t = {} for i = 1, n do t[i] = form:gsub("#", i) end return table.concat(t, between or "") end

-- check: local variables
for _, n in ipairs { 199, 200, 201, 250 } do print(n, load(list(n, "local a# ") .. "return 1")) end
print(load("local " .. list(201, "a#", ",")))
print(load("local function f(" .. list(201, "a#", ",") .. ") end"))
print(load("\n\nlocal function f() " .. list(201, "local a# ") .. "end"))
-- check: upvalues
for _, n in ipairs { 59, 60, 61 } do
  print(n, load(list(n, "local a# = # ") .. "return function() return " .. list(n, "a#", "+") .. " end") == true)
  print(load(list(n, "local a# = # ") .. "local function f()\n return " .. list(n, "a#", "+") .. " end return f()"))
end
-- check: registers
for _, n in ipairs { 240, 248, 249, 250, 255, 260 } do print(n, load("return " .. list(n, "#", ","))) end
print(load("local a = f(" .. list(260, "x", ",") .. ")"))
print(load("return " .. ("{"):rep(10) .. list(60, "{1,2,3}", ",") .. ("}"):rep(10)) == true)
print(load("return " .. list(260, "a", "..")))
-- check: constants
local big = "local t = {" .. list(70000, "'s#'", ",") .. "} return #t, t[1], t[70000]"
print(load(big))
print(load("return {" .. list(3000, "k# = #", ",") .. "}.k2999"))
print(load(list(600, "g# = # ") .. "return g1 + g600"))
-- check: long jumps
print(load("local x = 0 for i = 1, 2 do " .. ("x = x + 1 "):rep(30000) .. "end return x"))
print(load("local x = 0 while x < 1 do " .. ("x = x + 1 "):rep(100000) .. "end return x"))
print(load("local x = 0 while x < 1 do " .. ("x = x + 1 "):rep(140000) .. "end return x"))
-- check: nesting
for _, n in ipairs { 100, 195, 196, 197, 198, 199, 200, 250 } do
  print(n, load("return " .. ("("):rep(n) .. "1" .. (")"):rep(n)))
  print(n, load("return " .. ("{"):rep(n) .. ("}"):rep(n)) == true)
  print(n, load(("do "):rep(n) .. ("end "):rep(n)))
  print(n, load(("do "):rep(n) .. "y = 1 " .. ("end "):rep(n)))
  print(n, load(("function f() "):rep(n) .. ("end "):rep(n)))
  print(n, load("return " .. ("- "):rep(n) .. "1"))
  print(n, load("return " .. ("not "):rep(n) .. "1"))
  print(n, load("return " .. ("1 .. "):rep(n) .. "1") == true)
  print(n, load("return " .. ("2 ^ "):rep(n) .. "0") == true)
  print(n, load(("if x then "):rep(n) .. ("end "):rep(n)))
  print(n, load(("while x do "):rep(n) .. ("end "):rep(n)))
  print(n, load(("repeat "):rep(n) .. ("until true "):rep(n)))
  print(n, load(("for i = 1, 1 do "):rep(n) .. ("end "):rep(n)))
  print(n, load("local a a = a" .. (".x"):rep(n)) == true)
  print(n, load("return f" .. ("()"):rep(n)) == true)
end
-- check: targets
for _, n in ipairs { 2, 100, 194, 195, 196, 197, 198, 250 } do print(n, load(list(n, "a#", ",") .. " = 1")) end
print(load("function f() " .. list(250, "a#", ",") .. " = 1 end"))
-- check: elseif chains and concatenations
print(load("local x = 5 if x == 0 then return 0 " .. list(1000, "elseif x == # then return # ") .. "end"))
print(select(2, load("return " .. list(180, "'s#'", ".."))))
-- check: depth of calls
local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end
print(f(10000), pcall(f, 16000))
local ok, message = pcall(f, 1e6)
print(ok, message)
local function tail(n) if n == 0 then return "done" end return tail(n - 1) end
print(tail(1e5))
-- check: overflow while an overflow is handled
local function f() return f() + 1 end
print(xpcall(f, function(m) return "handled: " .. m end))
print(xpcall(f, function() local function g() return g() + 1 end return g() end))
print(pcall(f))
print(xpcall(f, function() error("again") end))
-- check: depth of calls through C
local n = 0
local function f() n = n + 1 return pcall(f) end
f()
print(n)
n = 0
local function g() n = n + 1 return (string.gsub("x", "x", g)) end
print(pcall(g), n)
n = 0
local t = setmetatable({}, { __index = function(t, k) n = n + 1 return t[k .. "x"] end })
print(pcall(function() return t.x end), n)
-- check: unpack and varargs
print(pcall(unpack, {}, 1, 1e6))
print(select("#", unpack({}, 1, 7997)))
print(pcall(unpack, {}, 1, 1e8))
print(pcall(unpack, {}, -1e9, 1e9))
print(unpack({ 1, 2 }, -1, 1))
print(select("#", unpack({}, 2, 1)))
local function count(...) return select("#", ...) end
print(count(unpack({}, 1, 5000)))
print(pcall(string.char, unpack({}, 1, 5000)))
print(pcall(select, 0), pcall(select, -1), select(-1, 1, 2), pcall(select, -3, 1, 2))
-- check: strings that are too long
print(pcall(string.rep, "x", 1e15))
local s = ("x"):rep(2 ^ 20)
print(#(s .. s), #s:rep(100))
-- check: captures
print(pcall(string.find, "x", ("()"):rep(32)) == true, pcall(string.find, "x", ("()"):rep(33)))
-- check: deep recursion in patterns
print(#("a"):rep(2000):match(("a?"):rep(2000)))
print(("x"):rep(3000):find(".-b"))
print(#("x"):rep(200000):match(".*"))
-- check: tables
local t = {}
for i = 1, 20 do t[2 ^ i] = i end
print(table.maxn(t), #t >= 0)
print(pcall(function() local t = {} t[nil] = 1 end))
print(pcall(rawset, {}, nil, 1))
print(pcall(next, {}, "x"))
