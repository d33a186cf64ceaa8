"""word_cloud as a contender, and jieba's part-of-speech tagger for Chinese. One JSON job a line, one JSON answer a line."""
import io
import json
import sys
import time
from collections import Counter

import numpy
from PIL import Image
from wordcloud import WordCloud

NOUNS = ("n", "nr", "ns", "nt", "nz")


def chinese_counts(text):
    import jieba.posseg

    return Counter(pair.word for pair in jieba.posseg.cut(text) if pair.flag in NOUNS and len(pair.word) > 1)


def is_chinese(text):
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text[:5000]) > 500


def forget_peak():
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass


def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def run(job):
    forget_peak()
    started = time.perf_counter()
    mask = numpy.array(Image.open(job["mask"]).convert("RGB")) if "mask" in job else None
    cloud = WordCloud(
        width=job["width"],
        height=job["height"],
        max_words=job["top"],
        background_color="white",
        font_path=job["font"],
        mask=mask,
        random_state=1,
    )
    if "words" in job:
        cloud.generate_from_frequencies(dict(job["words"]))
    else:
        with open(job["text"], encoding="utf-8") as file:
            text = file.read()
        if is_chinese(text):
            cloud.generate_from_frequencies(chinese_counts(text))
        else:
            cloud.generate(text)
    png = io.BytesIO()
    cloud.to_image().save(png, "PNG")
    ms = (time.perf_counter() - started) * 1000
    with open(job["output"], "wb") as file:
        file.write(png.getvalue())
    sizes = [(word, size) for (word, _), size, _, _, _ in cloud.layout_]
    asked = len(job["words"]) if "words" in job else job["top"]
    return {"ms": ms, "placed": len(sizes), "asked": asked, "peak": peak(), "sizes": sizes}


# The dictionary is loaded before anything is measured.
try:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.initialize()
    list(jieba.posseg.cut("预热"))
except ImportError:
    print("python3-jieba is missing: no Chinese text for word_cloud", file=sys.stderr)

for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
