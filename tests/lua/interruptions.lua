-- Errors, endless recursion and yields where code runs in between: finalizers, hooks, closing methods, message handlers,
-- iterators, comparison functions, coroutines inside coroutines.
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local load = loadstring or load
local function show(name, ...)
  local r = pack(...)
  for i = 1, r.n do r[i] = (tostring(r[i]):gsub("0x%x+", "ADDRESS"):gsub("builtin: %x+", "ADDRESS"):sub(1, 300)) end
  print(name, table.concat(r, " | "))
end
local function try(name, f, ...) show(name, pcall(f, ...)) end
local function finalized(gc)
  if newproxy and not table.pack then local u = newproxy(true) getmetatable(u).__gc = gc return u end
  return setmetatable({}, {__gc = gc})
end
local function runaway() return 1 + runaway() end
-- check: finalizers that fail
for name, gc in pairs({["error"] = function() error("in gc", 0) end}) do finalized(gc) try(name, collectgarbage) try(name, collectgarbage) end
for _, object in ipairs {42, "text", false} do finalized(function() error(object, 0) end) try("object", collectgarbage) end
finalized(function() error({}) end) try("table", collectgarbage)
finalized(function() error() end) try("nil", collectgarbage)
finalized(function() error(setmetatable({}, {__tostring = function() return "as text" end})) end) try("tostring", collectgarbage)
finalized(function() local x = nil; x() end) try("call", collectgarbage)
finalized(runaway) try("recursion", collectgarbage)
finalized(function() coroutine.yield(1) end) try("yield", collectgarbage)
finalized(function() coroutine.wrap(function() coroutine.yield(1) end)() end) try("inner yield", collectgarbage)
finalized(function() coroutine.wrap(function() error("inside", 0) end)() end) try("inner error", collectgarbage)
print(coroutine.resume(coroutine.create(function() finalized(function() coroutine.yield(1) end) collectgarbage() return "done" end)))
try("after", collectgarbage)
-- check: finalizers that collect
local n = 0
local function again() n = n + 1 if n < 50 then finalized(again) collectgarbage() end end
finalized(again) try("nested", collectgarbage) for i = 1, 60 do collectgarbage() end print(n)
local m = 0
local function reborn(o) m = m + 1 if m < 10 then setmetatable(o, getmetatable(o)) finalized(reborn) end end
finalized(reborn) for i = 1, 30 do pcall(collectgarbage) end print(m)
local seen = {} for i = 1, 5 do local x = i finalized(function() seen[#seen + 1] = x end) end collectgarbage() collectgarbage() print(table.concat(seen, " "))
local n, u = 0, nil
if newproxy then u = newproxy(true) getmetatable(u).__gc = function(o) n = n + 1 debug.setmetatable(o, getmetatable(o)) end u = nil end
setmetatable({}, {__gc = function(o) n = n + 1 setmetatable(o, getmetatable(o)) end}) for i = 1, 10 do collectgarbage() end print(n)
-- check: finalizers at the end
collectgarbage("stop")
finalized(function() print "last" end)
finalized(function() error("while closing", 0) end)
finalized(function() print(pcall(error, "caught")) end)
finalized(function() finalized(function() print "made while closing" end) end)
if table.pack then finalized(function() print(select(2, pcall(runaway))) end) end -- lost in 5.1
finalized(function() coroutine.wrap(function() print "coroutine" end)() end)
-- check: hooks that fail
-- In 5.1 'pack' above is a Lua function, which the hooks would interrupt, too.
-- versions: 5.2+
local function hooked(name, mask, count, hook, f, ...)
  show(name, coroutine.resume(coroutine.create(function(...) debug.sethook(hook, mask, count) return f(...) end), ...))
end
local function work() local s = 0 for i = 1, 100 do s = s + i end return s end
for _, mask in ipairs {"c", "r", "l", ""} do
  hooked("error " .. mask, mask, mask == "" and 10 or 0, function() error("in hook", 0) end, work)
  hooked("error object " .. mask, mask, mask == "" and 10 or 0, function() error({}) end, work)
  hooked("recursion " .. mask, mask, mask == "" and 10 or 0, function() debug.sethook() runaway() end, work)
  local n = 0
  hooked("third " .. mask, mask, mask == "" and 10 or 0, function() n = n + 1 if n == 3 then error("third", 0) end end, work)
  print(n)
  local co = coroutine.create(function() debug.sethook(function() coroutine.yield("from hook") end, mask, mask == "" and 10 or 0) local r = work() debug.sethook() return r end)
  show("yield " .. mask, coroutine.resume(co)) print(coroutine.status(co))
end
local lines = 0
if table.pack then hooked("in coroutine", "l", 0, function() lines = lines + 1 end, function() return coroutine.wrap(function() work() return 5 end)() end) print(lines < 10) end -- 5.1 finds hooks of dead threads
hooked("count in gsub", "", 1, function() error("counted", 0) end, string.gsub, "abc", "%w", function(c) return c .. c end)
-- check: message handlers
show("error in handler", xpcall(error, function(m) error(m) end))
show("handler calls nil", xpcall(error, function(m) local x x() end))
show("handler recursion", xpcall(runaway, runaway))
show("handler of recursion", (xpcall(runaway, function(m) return #m > 0 end)))
show("handler yields", coroutine.resume(coroutine.create(function() return xpcall(error, function() coroutine.yield(1) end) end)))
show("nested", xpcall(function() return xpcall(error, function() error("inner", 0) end) end, function(m) return "outer" end))
show("traceback of recursion", select(2, xpcall(runaway, debug.traceback)):match("^[^\n]*"))
local depth = 0
show("deep handlers", xpcall(function() error("x", 0) end, function(m) depth = depth + 1 if depth < 5 then error(m .. depth, 0) end return m end)) print(depth)
-- check: comparison functions
local function numbers(n) local t = {} for i = 1, n do t[i] = (i * 7919) % 101 end return t end
try("error", table.sort, numbers(50), function(a, b) if a == 50 then error("no fifty", 0) end return a < b end)
try("always", table.sort, numbers(50), function() return true end)
try("never", table.sort, numbers(50), function() return false end)
try("nil inside", table.sort, {3, 2, nil, 1})
try("mixed", table.sort, {3, "2", 1})
try("yield", coroutine.wrap(function() table.sort({3, 2, 1}, function(a, b) coroutine.yield() end) end))
try("recursion", table.sort, {3, 2, 1}, runaway)
try("changes", function() local t = numbers(50) table.sort(t, function(a, b) t[1] = nil return (a or 0) < (b or 0) end) return #t > 0 end)
try("replacement errors", string.gsub, "abc", "%w", function(c) if c == "b" then error("b", 0) end end)
try("replacement yields", coroutine.wrap(function() return (string.gsub("abc", "%w", coroutine.yield)) end))
try("iterator fails", function() for x in function() error("iterator", 0) end do end end)
try("iterator recursion", function() for x in runaway do end end)
try("gmatch recursion", function() local function f(s) for w in s:gmatch("%w") do f(s) end end f("a") end)
try("reader fails", load == loadstring and function() return loadstring and _G.load(function() error("reader", 0) end) end or load, function() error("reader", 0) end)
try("reader yields", coroutine.wrap(function() return _G.load(function() coroutine.yield(1) end) end))
-- check: coroutines
try("resumes itself", function() local co co = coroutine.create(function() return coroutine.resume(co) end) return coroutine.resume(co) end)
try("wraps itself", function() local f f = coroutine.wrap(function() return f() end) return f() end)
try("resumes its resumer", function() local a, b a = coroutine.create(function() return coroutine.resume(b) end) b = coroutine.create(function() return coroutine.resume(a) end) return coroutine.resume(b) end)
try("dead", function() local f = coroutine.wrap(function() end) f() f() end)
try("error in the fifth", function() local function f(n) if n == 5 then error("five", 0) end return coroutine.wrap(f)(n + 1) end return f(1) end)
try("recursion inside", function() return coroutine.wrap(function() return (pcall(runaway)) end)() end)
try("recursion in each", function() local n = 0 local function f() n = n + 1 local ok, m = coroutine.resume(coroutine.create(function() return 1 + f() end)) if not ok then error(m, 0) end return m end pcall(f) return n > 100 end)
try("yield outside", coroutine.yield, 1)
try("through pcall", coroutine.wrap(function() return pcall(pcall, pcall, coroutine.yield, 1) end))
try("metamethod", coroutine.wrap(function() return setmetatable({}, {__add = function() return coroutine.yield("added") end}) + 1 end))
try("many", function() local t = {} for i = 1, 1000 do t[i] = coroutine.wrap(function() coroutine.yield(i) end) t[i]() end return #t end)
try("error after yield", function() local co = coroutine.create(function() coroutine.yield() error({}) end) coroutine.resume(co) show("in", coroutine.resume(co)) return coroutine.resume(co) end)
local unpack = table.unpack or unpack
for _, args in ipairs {{}, {1}, {1, 2}} do
  try("itself", function() local co co = coroutine.create(function() return coroutine.resume(co, unpack(args)) end) return coroutine.resume(co, 5) end)
  try("itself wrapped", function() local f f = coroutine.wrap(function() return f(unpack(args)) end) return f(7) end)
  try("normal", function() local a, b a = coroutine.create(function() return coroutine.resume(b, unpack(args)) end) b = coroutine.create(function() return coroutine.resume(a, 3) end) return coroutine.resume(b, 4) end)
  if #args == 0 then try("normal wrapped", function() local a, b a = coroutine.wrap(function() return b(unpack(args)) end) b = coroutine.wrap(function() return a() end) return b(4) end) end
  try("main", function() local main = coroutine.running() return coroutine.wrap(function() return main and coroutine.resume(main, unpack(args)) end)() end)
  try("dead", function() local f = coroutine.wrap(function() end) f() return f(unpack(args)) end)
  try("in gsub", function() local f f = coroutine.wrap(function() return (string.gsub("a", "a", function() return f(unpack(args)) end)) end) return f(7) end)
end
-- check: closing methods
-- versions: 5.4+
local function closing(close) return setmetatable({}, {__close = close}) end
try("error", function() local x <close> = closing(function() error("closing", 0) end) end)
try("error twice", function() local x <close> = closing(function(_, e) error(tostring(e) .. "+2", 0) end) local y <close> = closing(function(_, e) error(tostring(e) .. "+1", 0) end) error("0", 0) end)
try("recursion", function() local x <close> = closing(runaway) end)
try("error in recursion", function() local function f() local x <close> = closing(function() end) return 1 + f() end local ok, m = pcall(f) return ok, m:match("stack overflow") end)
try("overflow and close", function() local n = 0 local function f() local x <close> = closing(function() n = n + 1 end) f() end local ok, m = pcall(f) return ok, m:match("overflow"), n > 100 end)
try("yield", coroutine.wrap(function() do local x <close> = closing(function() coroutine.yield("closing yields") end) end return "done" end))
local co = coroutine.wrap(function() local x <close> = closing(function(_, e) coroutine.yield("first") error(tostring(e) .. " closed", 0) end) error("body", 0) end)
try("yield in error", co) try("yield in error", co) try("yield in error", co)
local co = coroutine.create(function() local x <close> = closing(function() error("in close", 0) end) coroutine.yield() end) coroutine.resume(co) show("close", coroutine.close(co)) print(coroutine.status(co))
local co = coroutine.create(function() local x <close> = closing(runaway) coroutine.yield() end) coroutine.resume(co) show("close runaway", coroutine.close(co))
local co = coroutine.create(function() local x <close> = closing(function() coroutine.yield() end) coroutine.yield() end) coroutine.resume(co) show("close yields", coroutine.close(co))
local co co = coroutine.create(function() local x <close> = closing(function() show("itself", pcall(coroutine.close, co)) end) coroutine.yield() end) coroutine.resume(co) show("close itself", coroutine.close(co))
try("for", function() for i in function() end, nil, nil, closing(function() error("for", 0) end) do end end)
try("for break", function() for i in pairs {1}, nil, nil do break end for i, v in next, {1}, nil, closing(function(_, e) error(tostring(e), 0) end) do break end end)
try("wrong value", function() local x <close> = 42 end)
try("method gone", function() local t = closing(print) local x <close> = t setmetatable(t, nil) end)
try("close nil", function() local x <close> = nil local y <close> = false return 1 end)
try("goto", function() do local x <close> = closing(function() error("jumped", 0) end) goto out end ::out:: end)
try("many", function() local n = 0 do local function f(d) local x <close> = closing(function() n = n + 1 end) if d > 0 then return (f(d - 1)) end end f(150) end return n end)
-- check: out of memory
local function size(name, f, ...) local ok, m = pcall(f, ...) print(name, ok, not ok and m) end
if table.pack then size("rep", string.rep, "x", 2^34) end -- 5.1 counts in C's int
size("afterwards", function() collectgarbage() return #("x"):rep(100) end)
