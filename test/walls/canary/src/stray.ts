export const place = 'beside the rooms'
