-- What is compiled while it is read: statements of the main function, and constructors that begin their values.
local load = _VERSION == "Lua 5.1" and loadstring or load
local unpack = table.unpack or unpack
local function run(text, ...)
  local f, message = load(text, "=s")
  if not f then return print(message) end
  print(pcall(f, ...))
end
-- check: constructors as first values
run "local n = 0; local function f(...) n = n + 1; return n, ... end; local t = {f(), f(), x = f(), [f()] = f(), f(1, 2)}; return n, #t, t.x, t[4]"
run "local a, b = {1, 2, {3, {4}}}, {5}; return #a, #b, a[3][2][1]"
run "local function f(...) return ... end; local c, d, e = {f(6)}, f(1, 2); return #c, d, e"
run "local c, d = {...}; return #c, d"
run "x = {7; 8; {1, {2}}, k = {3}}; x.y = {1, x.k}; x.y.z, x.w = {1}, {2}; return #x, x.y[2] == x.k, x.y.z[1], x.w[1]"
run "local i = 1; i = {i, i}; return i[1], #i"
run "x = {1}, 2; return x[1]"
-- check: operators behind constructors
run "local p = {1} and {2} or {3}; return p[1]"
run "local p = {1} == {1}; return p, {} == nil"
run "return {1, {2} == x, {3} and 4, {5} or 6, k = {7} and 8, [{}] = {9} ~= 1}.k"
run "local q = {{2} == x, {3} and 4, {5} or 6, k = {7} and 8, [{}] = {9} ~= 1}; return #q, q[1], q[2], q.k"
run "local t = {} < {}"
run "local t = {} .. 'x'"
run "local t = {1, 2, {} + 1}"
run "x = {1, 2, k = 1 + {}}"
run "x = {1, 2, {3, k = -{}}}"
-- check: sizes of constructors
for n = 45, 105 do
  local items = {}
  for j = 1, n do
    items[j] = j % 3 == 0 and "{" .. j .. "}" or j % 7 == 0 and "k" .. j .. " = {" .. j .. "}" or tostring(j)
  end
  local text = table.concat(items, ",")
  local a, b = load("return {" .. text .. "}")(), load("return ({" .. text .. "})")()
  local c = load("return {" .. text .. ", ...}")(1, 2)
  local same = 0
  for k, v in pairs(a) do
    if v == b[k] or type(v) == "table" and v[1] == b[k][1] then same = same + 1 end
  end
  print(n, same, c[#b + 1], c[#b + 2])
end
-- check: places of assigned constructors
run "local t = setmetatable({}, {__newindex = function(_, k, v) print(type(k), #v) end}); t.a = {1, t}; t[1] = {1, {2}, 3}; t[t] = {t}, 2"
run "local t = {}; local k = 'a'; t[k .. 'b'] = {k}; return t.ab[1]"
run "local s = {}; s.t = {}; s.t.u = {s, s.t}; return s.t.u[2] == s.t"
run "x = nil; x.y = {1, 2}"
run "local x; x.y = {1,\n2,\nx.y}"
-- check: returns before variables are captured
run "if ... then return 1 end; local late = 1; local f = function() late = late + 1 return late end; return f(), f()"
run("if ... then return 1 end; local late = 1; local f = function() return late end; return f()", true)
run "local f; do local late = 5; f = function() late = late + 1 return late end end; if f() > 100 then return f() end; local t = {f(), f}; return t[2]()"
run "local t = {function() return t end, 2}; return t[2], t[1]()"
-- check: variables to close after returns
-- versions: 5.4+
run "if ... then return ... end; local x <close> = setmetatable({}, {__close = function() print 'closed' end}); return 1, 2"
run "local f = function(...) return ... end; if ... then return f(...) end; local x <close> = setmetatable({}, {__close = function() print 'closed' end}); return f(3)"
-- check: errors of statements before a mistake
run "local t = {1, 2, {3, x = }}"
run "local t = {1, 2,\n{3, x = 1"
run "return {1, 2, function() return end, {{{"
run "x = {break}"
run "local t = {...}; t.x = {...}; local function f() return ... end"
run("local t = {" .. ("{"):rep(500))
-- check: labels and jumps of the main function
-- versions: 5.2+
run "goto done; do local g = {1} end ::done:: local late = {1, 2}; return #late"
run "local n = 0 ::again:: n = n + 1; local t = {n, function() return n end}; if n < 3 then goto again end; return t[1], t[2]()"
run "do goto out; local x ::out:: end; local t = {1, 2}; goto last; ::last:: return #t"
run "local t = {1}; goto nowhere"
run "goto inside; local t = {1}; ::inside:: print(t)"
run "for i = 1, 3 do if i == 2 then goto continue end print(i) ::continue:: end; local t = {1}; while true do if t then break end end; return t[1]"
-- check: text in pieces of all sizes
local text = [==[
local a_rather_long_name_that_is_no_short_string_at_all_any_more, b15_characters_, c = 12345, 'quoted \
string', [[long
string]] -- comment
  ,  4
local t = {a_rather_long_name_that_is_no_short_string_at_all_any_more, b15_characters_, c, 123456789012345, 1234567890123456,
    1234567890123456789012, 12.5, 0x10, 1e3, 3 .. 4, "escape\065s\\", 'x"y'}   --[[ long
comment ]] t.elseif_ = not t.functions and t ~= nil
for index = 1, #t do io.write(tostring(t[index]), ' ') end print(t.elseif_)
]==]
for size = 1, 70 do
  local at = 1 - size
  local f = assert((_VERSION == "Lua 5.1" and _G.load or load)(function()
    at = at + size
    return at <= #text and text:sub(at, at + size - 1) or nil
  end, "=s"))
  f()
end
-- check: mistakes in pieces of all sizes
for _, text in ipairs { "local name1234567 = = 1", "x = 12345678 9", "x = 'abcdefgh' 'y'", "x = y.z123456789012345678 +", "xyz", "x = 123456x" } do
  for size = 1, 12 do
    local at = 1 - size
    print(size, (_VERSION == "Lua 5.1" and _G.load or load)(function()
      at = at + size
      return at <= #text and text:sub(at, at + size - 1) or nil
    end, "=s"))
  end
end
-- check: names after many others
local names = {}
for n = 1, 2000 do names[n] = "v" .. (n * 7919 % 1000) .. ("x"):rep(n % 18) end
local chunk = load("local v = {}; local e = {}\n" .. "for k, n in ipairs{'" .. table.concat(names, "','") .. "'} do v[n] = k end\n"
  .. "return v, {" .. table.concat(names, " = 1, ") .. " = 1}")
local v, w = chunk()
local count, missing = 0, 0
for name in pairs(v) do count = count + 1; if not w[name] then missing = missing + 1 end end
for name in pairs(w) do if not v[name] then missing = missing + 1 end end
print(count, missing)
