#![forbid(unsafe_code)]
#[inline(never)] 
pub fn m16(b:&[u8;16], x:u8)->u16{ let mut m=0u16; for i in 0..16 { m|=((b[i]==x) as u16)<<i;} m }
#[inline(never)]
pub fn m64(b:&[u8;64], x:u8)->u64{ 
  let mut m=0u64; for i in 0..8 { let w=u64::from_le_bytes(b[i*8..i*8+8].try_into().unwrap())^(0x0101010101010101u64.wrapping_mul(x as u64));
   let t = !(((w & 0x7f7f7f7f7f7f7f7f).wrapping_add(0x7f7f7f7f7f7f7f7f)) | w | 0x7f7f7f7f7f7f7f7f);
   m |= ((t>>7).wrapping_mul(0x0102040810204080)>>56) << (8*i);
  } m }
