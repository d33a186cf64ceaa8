"""The peer of bench/wordcloud.ts: word_cloud, and jieba's part-of-speech tagger for Chinese. One JSON job a line."""
import io
import json
import sys
import time
from collections import Counter

from wordcloud import WordCloud

NOUNS = ("n", "nr", "ns", "nt", "nz")


def chinese_counts(text):
    import jieba.posseg

    return Counter(pair.word for pair in jieba.posseg.cut(text) if pair.flag in NOUNS and len(pair.word) > 1)


def is_chinese(text):
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text[:5000]) > 500


def run(job):
    cloud = WordCloud(width=job["width"], height=job["height"], max_words=job["top"], background_color="white")
    text = open(job["file"], encoding="utf-8").read() if job["kind"] == "text" else None
    started = time.perf_counter()
    if job["kind"] == "frequencies":
        cloud.generate_from_frequencies(dict(job["words"]))
    elif is_chinese(text):
        cloud.generate_from_frequencies(chinese_counts(text))
    else:
        cloud.generate(text)
    cloud.to_image().save(io.BytesIO(), "PNG")
    return (time.perf_counter() - started) * 1000


# The dictionary is loaded before anything is measured.
try:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.initialize()
    list(jieba.posseg.cut("预热"))
except ImportError:
    pass

for line in sys.stdin:
    print(json.dumps({"ms": run(json.loads(line))}), flush=True)
