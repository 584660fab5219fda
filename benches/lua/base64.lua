-- Base64 by arithmetic on bytes, both ways.
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local floor, char = math.floor, string.char
local encode, decode = {}, {}
for i = 1, 64 do
  encode[i - 1] = alphabet:sub(i, i)
  decode[alphabet:byte(i)] = i - 1
end
local function to64(s)
  local out = {}
  for i = 1, #s - 2, 3 do
    local a, b, c = s:byte(i, i + 2)
    local n = a * 65536 + b * 256 + c
    out[#out + 1] = encode[floor(n / 262144)] .. encode[floor(n / 4096) % 64] .. encode[floor(n / 64) % 64] .. encode[n % 64]
  end
  return table.concat(out)
end
local function from64(s)
  local out = {}
  for i = 1, #s, 4 do
    local a, b, c, d = s:byte(i, i + 3)
    local n = decode[a] * 262144 + decode[b] * 4096 + decode[c] * 64 + decode[d]
    out[#out + 1] = char(floor(n / 65536), floor(n / 256) % 256, n % 256)
  end
  return table.concat(out)
end
local parts = {}
for i = 1, 3000 do parts[i] = char(i % 256, i * 7 % 256, i * 31 % 256) end
local text, total = table.concat(parts), 0
for _ = 1, 400 do
  local coded = to64(text)
  total = total + #coded
  assert(from64(coded) == text)
end
print(total)
