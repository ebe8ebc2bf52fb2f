import { jest } from '@jest/globals'

/**
 * In CI a failed test is walked once more, and both are logged: real servers, processes and clocks share a small machine there,
 * and a deadline that a busy moment missed says nothing about the code. At a desk every failure counts at once.
 */
if (process.env['CI']) jest.retryTimes(1, { logErrorsBeforeRetry: true })
