import type { Catalogue } from '../sentence.ts'

/** 环境变量，以及文件中只有使用者才知道的内容。 */
export const environmentZh = {
  ARGUMENT_UNKNOWN: ['未知参数“{argument}”。', '用法：meshferry {usage}。'],
  FILE_EXISTS: ['{file} 已存在，未写入任何文件。', '请移走它，或用 MESHFERRY_CONFIG 指定其他文件。'],
  DEMO_REDIS_MISSING: [
    '演示需要启动自己的 Redis，但 PATH 中没有：{servers}。容器中的 Redis 不能用于演示。',
    '在 Meshferry 的代码目录中运行 "npm run demo"，它会自动获取；否则请安装 redis-server 或 valkey-server。',
  ],
  DEMO_PORT_TAKEN: [
    '无法在端口 {port} 上打开页面[[：{message}]]。',
    '请用 --port 指定其他端口，或省略它以使用空闲端口。演示没有留下任何进程。',
  ],
  DEMO_REDIS_FAILED: [
    '演示用的 Redis（{server}）无法启动。',
    '请手动启动它以查看原因；在 Meshferry 的代码目录中运行 "npm run demo" 会使用可用的版本。',
  ],
  STORY_UNKNOWN: ['没有名为“{typed}”的故事。', '可选：{stories}。'],
  ENV_MISSING: [
    '未设置 {name}[[，也未设置 {or}]]。',
    '请设置它，或用 {name}_FILE 指定存放它的文件[[，或改为设置 {or}]]；说明见 .env.example。',
  ],
  ENV_INVALID: ['{name} 的值不可用：{message}。', '请按 .env.example 的说明设置。'],
  ENV_TWICE: ['{name} 与 {name}_FILE 同时设置，可能不一致。', '请只保留其中一个。'],
  ENV_FILE_UNREADABLE: ['{name} 指向的文件 {file} 无法读取。', '请挂载该文件或修正路径。'],
  BOT_KEYS_MISSING: [
    'worker 不知道任何 bot 的公钥，因此不会相信任何请求。',
    '请将 MESHFERRY_BOT_KEY 对应的公钥写入 {setting}。',
  ],
  BOT_KEY_NOT_LISTED: [
    'MESHFERRY_BOT_KEY 对应的公钥不在 {setting} 中：使用此文件的 worker 不会相信该 bot 签名的任何请求。',
    '请将 {publicKey} 写入该处，并重启 worker。',
  ],
  CONFIG_MISSING: ['无法读取文件 {file}。', '请用 "meshferry init" 生成，或用 MESHFERRY_CONFIG 指定。'],
  CONFIG_NEED_UNREACHABLE: [
    '集群 {cluster} 的 {phase} 阶段需要 {need} 个批准，但只列出 {listed} 人，且发起人不能自批。',
    '请列出更多人，或减少所需批准数。',
  ],
} as const satisfies Partial<Catalogue>
