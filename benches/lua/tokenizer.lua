-- A tokenizer for a small language, by bytes and by patterns.
local parts = {}
for i = 1, 250 do
  parts[i] = ("function f%d(a, b)\n  local x = a * %d + b -- comment %d\n  if x >= 10.5 then return \"text %d\" end\nend\n")
    :format(i, i * 3, i, i)
end
local source = table.concat(parts)
local keywords = {}
for word in ("function local if then return end"):gmatch("%a+") do keywords[word] = true end
local function by_pattern(s)
  local tokens, at = {}, 1
  while true do
    at = s:find("%S", at)
    if not at then return tokens end
    local from, to = s:find("^%a[%w_]*", at)
    local kind
    if from then
      kind = keywords[s:sub(from, to)] and "keyword" or "name"
    else
      from, to = s:find("^%d+%.?%d*", at)
      kind = "number"
      if not from then
        from, to = s:find('^"[^"\n]*"', at)
        kind = "string"
        if not from then
          from, to = s:find("^%-%-[^\n]*", at)
          kind = "comment"
          if not from then
            from, to = s:find("^[<>=~]=", at)
            if not from then from, to = at, at end
            kind = "symbol"
          end
        end
      end
    end
    tokens[#tokens + 1] = { kind = kind, text = s:sub(from, to) }
    at = to + 1
  end
end
local byte, sub = string.byte, string.sub
local function by_byte(s)
  local counts, at, n = {}, 1, #s
  local function word(c) return c and (c >= 97 and c <= 122 or c >= 65 and c <= 90 or c >= 48 and c <= 57 or c == 95) end
  while at <= n do
    local c = byte(s, at)
    local start = at
    if c == 32 or c == 10 then
      at = at + 1
    elseif word(c) then
      repeat at = at + 1 until not word(byte(s, at))
      local text = sub(s, start, at - 1)
      counts[text] = (counts[text] or 0) + 1
    elseif c == 34 then
      repeat at = at + 1 until byte(s, at) == 34
      at = at + 1
    elseif c == 45 and byte(s, at + 1) == 45 then
      repeat at = at + 1 until byte(s, at) == 10
    else
      at = at + 1
    end
  end
  return counts
end
local total = 0
for _ = 1, 75 do
  total = total + #by_pattern(source)
  total = total + by_byte(source)["local"]
end
print(total)
