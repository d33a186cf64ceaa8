-- Run once, when the volume of MySQL is empty: a schema for each service that keeps something in SQL. Tables are made by the services themselves.
CREATE DATABASE IF NOT EXISTS wordcloud_user;
CREATE DATABASE IF NOT EXISTS wordcloud_task;
GRANT ALL ON wordcloud_user.* TO 'wordcloud'@'%';
GRANT ALL ON wordcloud_task.* TO 'wordcloud'@'%';
