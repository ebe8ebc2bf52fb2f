export const room = 'none of the table'
