-- String buffers: pieces in a table joined at last, a buffer object with methods, a stack of pieces that doubles (as for
-- the Towers of Hanoi), and text cut into lines again.
local Buffer = {}
Buffer.__index = Buffer
function Buffer.new() return setmetatable({ n = 0 }, Buffer) end
function Buffer:put(s)
  local n = self.n + 1
  self[n] = s
  self.n = n
  return self
end
function Buffer:line(...)
  for i = 1, select("#", ...) do self:put((select(i, ...))) end
  return self:put("\n")
end
function Buffer:text() return table.concat(self, "", 1, self.n) end

local total = 0
for r = 1, 12 do
  local b = Buffer.new()
  for i = 1, 12000 do b:put("field "):put(i % 100):put(" = "):line("'", i * r, "'") end
  local text = b:text()
  total = total + #text
  for line in text:gmatch("[^\n]+") do total = total + #line end
end

local function push(stack, s)
  stack[#stack + 1] = s
  for i = #stack - 1, 1, -1 do
    if #stack[i] > #stack[i + 1] then break end
    stack[i] = stack[i] .. table.remove(stack)
  end
end
for _ = 1, 8 do
  local stack = { "" }
  for i = 1, 40000 do push(stack, "line " .. i % 977 .. "\n") end
  total = total + #table.concat(stack)
end

local report = {}
for i = 1, 120000 do
  local name = "name" .. i % 500
  report[#report + 1] = name .. ": " .. i .. ", " .. i * 2 .. "; " .. (i % 2 == 0 and "even" or "odd") .. " " .. #name
end
local text = table.concat(report, "\n")
local at = 1
while true do
  local stop = text:find("\n", at, true)
  if not stop then break end
  total = total + #text:sub(at, stop - 1)
  at = stop + 1
end
print(total)
