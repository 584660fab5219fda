-- What programs of many kinds keep in memory; see driver/src/footprint.rs for what is done with the numbers. Pages of
-- files are left out: how many neighbours of a page the system maps with it depends on where it puts a library.
local load, floor = loadstring or load, math.floor
local function measure(live)
  local peak, files
  for line in io.lines("/proc/self/status") do
    peak = peak or line:match("VmHWM:%s*(%d+)")
    files = files or line:match("RssFile:%s*(%d+)")
  end
  collectgarbage() collectgarbage()
  print(floor(collectgarbage("count")), peak - (files or 0))
  return live
end
-- check: nothing
measure()
-- check: trees
-- versions: 5.1-5.4
local function build() local function tree(d) if d == 0 then return {} end return {tree(d-1), tree(d-1)} end return tree(17) end
measure(build())
-- check: records
local function build() local t = {} for i = 1, 60000 do t[i] = {name = "n", x = i, y = i + 1, next = t[i-1]} end return t end
measure(build())
-- check: arrays of integers
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 40 do local a = {} for j = 1, 20000 do a[j] = j end t[i] = a end return t end
measure(build())
-- check: arrays of floats
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 1e6 do t[i] = i + 0.5 end return t end
measure(build())
-- check: small lists
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 100000 do t[i] = {i, i, i} end return t end
measure(build())
-- check: short strings
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 150000 do t[i] = "key number " .. i end return t end
measure(build())
-- check: long strings
local function build() local t = {} for i = 1, 10000 do t[i] = ("x"):rep(200) .. i end return t end
measure(build())
-- check: huge strings
-- versions: 5.2-5.4
local function build() local t = {} for i = 1, 10 do t[i] = ("abcdefghij"):rep(200000) end return t end
measure(build())
-- check: dictionary
local function build() local t = {} for i = 1, 150000 do t["key" .. i] = i end return t end
measure(build())
-- check: integers far apart
local function build() local t = {} for i = 1, 150000 do t[i * 1000] = i end return t end
measure(build())
-- check: closures
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 100000 do local n = i t[i] = function() n = n + 1 return n end end return t end
measure(build())
-- check: coroutines
local function build() local t = {} for i = 1, 15000 do local c = coroutine.create(function(...) local a, b = ... coroutine.yield(a) end) coroutine.resume(c, 1, 2) t[i] = c end return t end
measure(build())
-- check: objects
-- versions: 5.1-5.4
local function build() local mt = {__index = {}} local t = {} for i = 1, 100000 do t[i] = setmetatable({id = i}, mt) end return t end
measure(build())
-- check: queue
local function build() local q, first, last = {}, 1, 0 for i = 1, 400000 do last = last + 1 q[last] = {i} if i > 1000 then q[first] = nil first = first + 1 end end return q end
measure(build())
-- check: garbage
local function build() local keep = {} for i = 1, 2000000 do keep[i % 1000 + 1] = {i} end return keep end
measure(build())
-- check: strings that go
local function build() local s = 0 for i = 1, 500000 do local x = "v" .. i .. "w" s = s + #x end return s end
measure(build())
-- check: code
local function build() local parts = {} for i = 1, 20000 do parts[i] = "local function f" .. i % 150 .. "(a, b) local c = a + b * " .. i .. " if c > 10 then return c, 'text" .. i .. "' end return {c} end" end
  local t = {} for i = 1, 200 do t[i] = assert(load(table.concat(parts, "\n", (i-1)*100+1, i * 100))) end return t end
measure(build())
-- check: joined pieces
-- versions: 5.1-5.4
local function build() local t = {} for i = 1, 200000 do t[#t + 1] = "piece " .. i end local s = table.concat(t) return {s, s:upper(), s:rep(2)} end
measure(build())
-- check: substitution
-- versions: 5.1-5.4
local function build() local s = ("some words here "):rep(60000) return (s:gsub("%w+", string.upper)) end
measure(build())
-- check: weak keys
-- versions: 5.1-5.4
local function build() local t = setmetatable({}, {__mode = "k"}) local keep = {} for i = 1, 100000 do local k = {} keep[i] = k t[k] = i end return {t, keep} end
measure(build())
-- check: matrix
-- versions: 5.1-5.4
local function build() local m = {} for i = 1, 500 do local r = {} m[i] = r for j = 1, 500 do r[j] = i * j / 2 end end return m end
measure(build())
-- check: coroutines that call
local function helper(a, b) local x = a + b coroutine.yield(x) return x end
local function deep(n) if n == 0 then coroutine.yield() return end deep(n - 1) return n end
local function build()
  local t = {}
  for i = 1, 10000 do
    t[i] = coroutine.create(i % 2 == 0 and deep or function(a) for i = 1, 10 do helper(a, i) end end)
    coroutine.resume(t[i], i % 8)
  end
  return t
end
measure(build())
