/** Where objects lie: a folder (the embedded default) or an S3 server. The same settings for every service that needs it. */
import type { Config } from './config.ts';
import { choice, flag, secret, text } from './settings.ts';

export function objectStoreSettings() {
  return {
    dataDir: text({ env: 'DATA_DIR', default: './data', description: 'folder for everything that is kept on disk' }),
    objectStore: choice({
      env: 'OBJECT_STORE',
      values: ['folder', 's3'],
      default: 'folder',
      description: 'where texts and images are kept',
    }),
    s3Endpoint: text({ env: 'S3_ENDPOINT', default: 'http://127.0.0.1:9000', description: 'address of the S3 server' }),
    s3Region: text({ env: 'S3_REGION', default: 'us-east-1', description: 'region of the bucket' }),
    s3Bucket: text({ env: 'S3_BUCKET', default: 'wordcloud', description: 'bucket; made when it is missing' }),
    s3AccessKey: text({ env: 'S3_ACCESS_KEY', default: '', description: 'access key of the S3 server' }),
    s3SecretKey: secret({
      env: 'S3_SECRET_KEY',
      minLength: 8,
      optional: true,
      description: 'secret key of the S3 server',
    }),
    s3PathStyle: flag({ env: 'S3_PATH_STYLE', default: true, description: 'bucket in the path, not in the host name' }),
  };
}

/** The settings in the form that `openObjectStore` of @wordcloud/storage takes. */
export function objectStoreOptions(config: Config<ReturnType<typeof objectStoreSettings>>) {
  if (config.objectStore === 'folder') return { kind: 'folder', folder: `${config.dataDir}/objects` } as const;
  return {
    kind: 's3',
    endpoint: config.s3Endpoint,
    region: config.s3Region,
    bucket: config.s3Bucket,
    accessKey: config.s3AccessKey,
    secretKey: config.s3SecretKey,
    pathStyle: config.s3PathStyle,
  } as const;
}
