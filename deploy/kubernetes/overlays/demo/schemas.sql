-- Run once, when the volume is empty: a schema for each service that keeps something in SQL. The services make the tables.
CREATE DATABASE IF NOT EXISTS wordcloud_user;
CREATE DATABASE IF NOT EXISTS wordcloud_task;
GRANT ALL ON wordcloud_user.* TO 'wordcloud'@'%';
GRANT ALL ON wordcloud_task.* TO 'wordcloud'@'%';
