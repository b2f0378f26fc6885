"""Photos and papers for the demo: small, plainly fictional, and the same bytes every time."""

import time
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from tourism_odr.cases.filing import keep
from tourism_odr.cases.items import StoredFile
from tourism_odr.documents.glyphs import FOLDER
from tourism_odr.storage import EvidenceStore

PAPER, INK, STAMP = "#fbf7ee", "#2b2b2b", "#b3261e"
SKY, HILL, WALL = "#bcd7ea", "#7a9a6c", "#d9c8a9"
EPOCH = time.gmtime(0)
LINES = {
    "contract.pdf": ("旅游合同（演示）", "甲方：演示旅行社", "乙方：虚构游客", "住宿：四星级或以上", "团费：以订单为准"),
    "paid.png": ("付款成功（演示）", "收款方：演示旅行社", "订单号 DEMO-0001", "支付方式：演示支付"),
    "chat.png": ("客服聊天记录（演示）", "游客：景点怎么取消了？", "客服：临时通知，抱歉。", "游客：那门票怎么退？"),
    "answer.pdf": ("情况说明（演示）", "当日行程确认单", "领队签名：虚构", "本页为演示材料"),
    "power.pdf": ("授权委托书（演示）", "授权经办人参加调解、", "承认、变更请求并签署协议", "（虚构印章）"),
    "proof.png": ("转账回单（演示）", "付款人：演示旅行社", "收款人：虚构游客", "状态：已受理"),
    "delivery.png": ("快递签收单（演示）", "收件：前台", "单号 DEMO-EXPRESS", "已签收"),
}
PHOTOS = {"hotel.jpg": "房间照片（演示）", "gate.jpg": "景区大门（演示）"}


class Papers:
    """What was drawn once is kept once; every case that shows it points to the same bytes."""

    def __init__(self, store: EvidenceStore) -> None:
        self._store = store
        self._kept: dict[str, StoredFile] = {}

    def __call__(self, *names: str) -> tuple[StoredFile, ...]:
        """The stored files of these names."""
        for name in names:
            if name not in self._kept:
                self._kept[name] = keep(self._store, drawn(name), name)
        return tuple(self._kept[name] for name in names)


@cache
def drawn(name: str) -> bytes:
    """The bytes of one paper or photo."""
    picture = _photo(PHOTOS[name]) if name in PHOTOS else _page(LINES[name])
    made = BytesIO()
    if name.endswith(".pdf"):
        picture.save(made, "PDF", creationDate=EPOCH, modDate=EPOCH, title="DEMO")
    elif name.endswith(".jpg"):
        picture.save(made, "JPEG", quality=80)
    else:
        picture.save(made, "PNG")
    return made.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(FOLDER.glob("*.ttf"))), size)


def _page(lines: tuple[str, ...]) -> Image.Image:
    picture = Image.new("RGB", (600, 420), PAPER)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((48, 40 + 62 * number), line, fill=INK, font=_font(34 if number == 0 else 26))
    pen.ellipse((430, 270, 560, 400), outline=STAMP, width=5)
    pen.text((457, 315), "演示 DEMO", fill=STAMP, font=_font(16))
    return picture


def _photo(caption: str) -> Image.Image:
    picture = Image.new("RGB", (640, 440), SKY)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 320), (160, 150), (300, 300), (460, 120), (640, 310), (640, 440), (0, 440)], fill=HILL)
    pen.rectangle((210, 210, 430, 380), fill=WALL, outline=INK, width=3)
    pen.rectangle((290, 290, 350, 380), fill=PAPER, outline=INK, width=3)
    pen.text((20, 18), caption, fill=INK, font=_font(24))
    return picture
