-- Room for call records that a thread does not need any more is given back while a traceback is made of those in use.
-- (A wrong address shows under the sanitizer.)
local function deep(n)
  if n > 0 then return 1 + deep(n - 1) end
  return 0
end
local function trace(n)
  if n > 0 then return (trace(n - 1)) end
  local text
  for _ = 1, 30 do text = debug.traceback("here") end
  return text
end
local lengths = {}
for turn = 1, 40 do
  deep(1500)
  lengths[#trace(turn % 9 + 1)] = true
end
local count = 0
for _ in pairs(lengths) do count = count + 1 end
print(count)
print((trace(3)))
