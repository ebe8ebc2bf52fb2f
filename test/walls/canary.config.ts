import config from '../../oxlint.config.ts'

/** The project's own lint, but reading the canary, which the ordinary run leaves out. */
export default { ...config, options: {}, ignorePatterns: [] }
