"""What citizens type that is understood without any judge: commands, places, and words for what has already happened.

All without diacritics and in lower case, as ``knowledge.text.fold`` gives a text. Must not say anything.
"""

from __future__ import annotations

from knowledge.catalogue import Situation

COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("batdau", "start"),
    "help": ("trogiup", "help", "huongdan"),
    "privacy": ("quyenriengtu", "privacy"),
    "data": ("dulieucuatoi", "mydata"),
    "erase": ("xoadulieu", "erase"),
    "withdraw": ("rutdongy", "withdraw"),
    "subscribe": ("dangky", "subscribe"),
    "unsubscribe": ("huy", "huydangky", "unsubscribe"),
    "status": ("tinhtrang", "status"),
    "language": ("ngonngu", "language"),
    "elder": ("chuto", "large"),
    "report": ("baocao", "baocongan", "report"),
    "emergency": ("khancap", "emergency", "sos", "cuu", "cuutoi", "cuuem", "cuubac", "cuuvoi", "cuutoivoi"),
    "mute": ("im", "mute"),
    "unmute": ("noi", "unmute"),
    "cancel": ("thoi", "cancel"),
}
"""Without the slash, the signs and the spaces."""

WITHOUT_SLASH = frozenset(
    (
        "batdau trogiup huongdan quyenriengtu dulieucuatoi xoadulieu rutdongy dangky huydangky chuto khancap baocao "
        "baocongan sos cuu cuutoi cuuem cuubac cuuvoi cuutoivoi"
    ).split()
)
"""Names that also count when they are all that somebody writes; the others may be an answer or a word to a friend."""

ASKS_WHAT = r"\b(?:la gi|la sao|la the nao|nghia la|nhu the nao|what is|what are|how does|how do)\b"
"""A short text with these asks about a scam instead of sending one."""

ASKS_WHETHER = (
    r"\b(?:phai|lua dao|lua|that|gia|tin duoc|scam)\b[\w ]{0,24}\b(?:khong|ko|k|hong|hem|hok|khum|ha|vay|scam)"
    r"(?: (?:chau|con|em|anh|chi|co|chu|bac|ban|ad|a|oi|vay|the|nhi|ha|nhe)){0,3}\W{0,5}$"
    r"|^is (?:it|this|that)\b[^?]{0,80}\bscam\W{0,5}$"
)
"""A text that ends so asks about what it names; it is no wish to report it."""

IS_AFRAID = (
    r"\b(?:so|lo|hoang|run|rung|khoc|hoang mang|bat an)(?: \w{1,5})? (?:qua|lam|roi|du lam)\b|^(?:\w+ ){0,2}roi (?:qua|lam)$"
    r"|\bi(?: am| ?m|'m) (?:so |very )?(?:scared|afraid|worried)\b"
)
GIVES_THANKS = r"^(?:da )?(?:cam on|thank|thanks|tks|camon)\b"
"""Short words to us in which there is nothing to check."""

PLEA = r"\b(?:giup|gium|dum|cuu|nho|cho (?:\w+ )?hoi|(?:xem|coi) ho|gap lam|tin (?:nhan )?nay|help|check this|is (?:it|this) (?:a )?scam)\b|^(?:\w+ )?oi$|^bao$"
PLEA_WORDS = frozenset(
    (
        "giup gium dum ho voi xem coi kiem tra check cho hoi nho cuu gap lam qua roi bao toi tui minh em con chau bac co chu "
        "anh chi ong ba ad admin bot ban alo oi a nhe nha ti ty chut mot cai duoc khong ko k can muon dang la day vay ha the "
        "tin nhan nay kia phai lua dao that gia help me please pls i need can you this message is it a scam look at"
    ).split()
)
"""A plea: one of these, and hardly any other word. Whatever else is said may be something to check."""

NO_CRY_ALONE = frozenset("no lo link app zalo facebook sim".split())
"""Words that tell of a loss among others, and of nothing when they are all that somebody writes."""

WAS_DECEIVED = (
    r"(?:(?:hinh|nhu|toi|em|minh|bac|con|chau|co|chu|anh|chi|me|ba|bo|da|vua|moi) ){0,4}bi (?:no |ho |nguoi ta )?lua(?: dao)?"
    r"(?: (?:roi|mat|qua|a|oi|chau|con|em|anh|chi|voi|gio|phai|lam|sao|day)){0,4}|i (?:was|got|have been|ve been) scammed"
)
"""All that somebody says who was deceived and has not told how."""

BESIDE_A_QUESTION = frozenset(
    (
        "co phai la thi ma va voi cho hoi xem coi giup gium dum ho vay the sao hay nay kia do day cai vu chuyen tin nhan link "
        "trang so nguoi no ho biet that thiet gia lua dao dung chac chan an toan duoc chinh xac khong ko k kh hong hok hem khum "
        "ha a u nhi nghia hieu chua y gi j nen can lam xu ly the nao bay gio luc tiep nua chau con em anh chi co chu bac ban ong "
        "ba me bo ad admin bot oi alo ai nhe nha toi minh tui is are it this that you i we so and or now what should do can must "
        "does mean real really true scam fake sure safe legit a please then"
    ).split()
)
"""A question about what was just answered holds no other word: whatever else is said may be news."""

ASKS_AGAIN = (
    r"\b(?:that|thiet|gia|lua|lua dao|chac|an toan|tin duoc|chinh xac|co phai)\b.*\b(?:khong|ko|k|kh|hong|hok|hem|khum|ha|a|u|vay"
    r"|sao|nhi|hay)\b|\bdung (?:vay )?(?:khong|ko|k|kh|hong|hok|hem|khum)\b|\bsao (?:ma )?biet\b"
    r"|\b(?:la sao|la the nao|nghia la gi|y la gi|(?:khong|ko|chua) hieu)\b|^(?:that|thiet|vay|really|seriously)(?: sao)?$"
    r"|\b(?:is|are) (?:it|this|that|you) .*\b(?:real|true|scam|fake|sure|safe|legit)\b|\bwhat does (?:it|that|this) mean\b"
)
ASKS_WHAT_TO_DO = (
    r"\b(?:lam|xu ly) (?:gi|j|sao|the nao)\b|\bgio (?:thi |la |phai )?sao\b"
    r"|\bwhat (?:should|do|can|must) (?:i|we) do\b|^(?:so )?what now$"
)
ASKS_WHETHER_TO = (
    r"(?:(?:the|vay|gio|bay|toi|minh|em|con|chau|co|bac|a|da) ){0,4}nen (?:(?:bam|mo|vao|link|tra|loi|goi|lai|nghe|may|lam|theo|chuyen"
    r"|tien|tin|ho|no|dong|nop|cai|app|xoa|chan|do|nay) ){1,6}(?:khong|ko|k|hong|hok)"
    r"(?: (?:chau|con|em|anh|chi|co|chu|bac|ban|a|oi|vay|nhi|ha)){0,3}|should i (?:\w+ ){0,4}\w+"
)
ASKS_WHAT_NEXT = (
    r"(?:xong )?roi (?:thi |lam )?sao(?: nua)?(?: (?:chau|con|em|a|ha|vay)){0,2}|(?:con )?(?:gi|lam gi) nua(?: khong)?|tiep theo(?: (?:thi )?"
    r"(?:sao|lam gi|the nao))?|sau do (?:thi )?(?:sao|lam gi)"
)
SAYS_WILL = (
    r"(?:(?:vay|the|thi|toi|minh|em|con|chau|bac|ba|ong|co|chu|gio|da|ok|thoi) ){0,4}(?:chuyen|bam|tra loi|goi lai|dong|nop|cai|lam|gui)"
    r"(?: (?:tien|khoan|link|theo|vao|app|ho|no|cho)){0,4} (?:nhe|nha|day|duoc (?:khong|ko|chua|chu))(?: (?:con|chau|a|em|anh|chi)){0,2}"
)
SAYS_ALREADY = r"\bda (?:lo |trot |vua )?(?:chuyen|bam|nhan vao|tra loi|goi lai|dong|nop|cai|lam|gui|dua|cho|nhap|doc|mo|vao|quet|tai|dien)\b"
SAYS_GAVE = (
    r"^(?!.*\b(?:chua|nen|co)\b).*\b(?:chuyen|gui|dua|cho)(?: (?:cho|tin|nhan|so|link)){0,3}"
    r" (?:ho(?! hoi\b)|no|(?:\w+ )?(?:so the|ma|otp))\b"
)
"""A deed among words that could ask or plan: "đã" right before it, or whom or what it went to. With marks, words that
only look like these are taken out before."""
ASKS_WHO = (
    r"(?:(?:cho|hoi|xem|tra|tim|giup|gium|biet|the|vay|toi|em|con|chau|bac) ){0,4}"
    r"(?:(?:so|sdt|dien|thoai|tai|khoan|stk|nick|zalo|trang|link) ){0,4}(?:(?:nay|do|kia|day) )?(?:la )?"
    r"(?:cua ai|so ai|ai goi|ai nhan|ai day|ai vay)(?: (?:vay|the|day|a|ha|nhi|chau|con|em|anh|chi|oi|toi|den|cho)){0,3}"
    r"|whose (?:number|account|phone) is (?:it|this|that)|who (?:is (?:it|this|that|calling)|called)(?: me)?"
)
SAYS_NOT_DONE = (
    r"(?:(?:may|qua|hen|da|a|u|uh|um|thi|nhung|ma|toi|minh|em|con|chau|bac|ba|ong|co|chu|cung|van|gio|khong) ){0,5}"
    r"chua (?:(?:co|bi|he) )?(?:chuyen|gui|dua|bam|nhan|lam|cai|tai|nop|dong|tra loi|tra|mat|mo|nhap|doc|noi)"
    r"(?: (?:khoan|tien|gi|ca|dong|nao|link|ma|otp|ung|dung|app|theo|cho|ho|no|ai|dau|a|nhe)){0,4}"
    r"|(?:but |no )?i (?:haven t|have not|didn t|did not) (?:\w+ ){0,3}(?:pay|paid|send|sent|click|clicked|do|done|give|gave|open|opened)"
    r"(?: (?:it|them|anything|any money|money|yet|the link)){0,3}"
)
"""All that somebody asks or says about the message that was answered last; without any, they are asked which they
mean."""

ENGLISH = frozenset(
    (
        "i am im ve have has had was were been be is are it this that they them he she we you my your me mine a an the and or so but "
        "to of in on at for from with by as if not no yes ok okay hi hello hey dear sir madam good morning evening afternoon "
        "please help thank thanks much very too already just now what why how who when where should can could do did does done "
        "don t didn haven paid pay sent send gave give told tell lost lose transferred transfer clicked click installed install "
        "opened open shared money cash bank account card code otp password link app phone number police report scam scammed "
        "scammer fraud fake real sure safe scared afraid worried need want know think got get took take back someone somebody "
        "call called text message there here english speak sorry wait never mind really true mean then so emergency sos whose whats s million yet anything any nothing robot machine human person"
    ).split()
)
"""Words of which a few together, without marks, may be English; a judge wants longer texts."""

ENGLISH_ONLY = frozenset(
    (
        "have was were they this with already just what why how who when where should could does did done paid sent gave told "
        "lost transferred clicked installed opened shared money scammed scammer fraud scared afraid worried need want know "
        "think someone somebody called english speak never you your are is really sure emergency"
    ).split()
)
"""Those that no Vietnamese word looks like without its marks, and that nobody mixes into it: one of them settles it."""

POLICE_WORDS = frozenset(
    (
        "so sdt dt dien thoai hotline duong day nong tong dai lien he goi noi chuyen cho cong an canh sat xa phuong dac khu tinh thanh "
        "pho truc ban may nao bao nhieu o dau la gi cua toi em con chau bac minh co chu anh chi xin hoi biet voi a nhe the lam "
        "sao muon can nho giup oi gan nhat gap dia chi di den trinh khan 113 police number phone what is of a can the i call how do to "
        "station where nearest"
    ).split()
)
WANTS_POLICE_NUMBER = (
    r"^(?=.*\b(?:cong an|canh sat|police|truc ban)\b).*(?:\b(?:so|sdt|hotline|dien thoai|duong day|tong dai|lien he|dia chi"
    r"|o dau|lam sao|the nao|number|phone|where|how)\b|\b(?:goi|gap|noi chuyen|call) (?:cho |voi |the )?(?:cong an|canh sat|police)\b)"
    r"|^(?:cong an|canh sat|police|113)$"
)
ASKS_WHO_WE_ARE = (
    r"^(?:(?:cho|hoi|vay|the|ma|a) ){0,3}(?:may|ban|em|anh|chi|ad|bot|day|ben nay|ben day) (?:la (?:ai|nguoi hay may|may hay nguoi|cong an ha|cong an a)"
    r"|co phai (?:la )?(?:cong an|canh sat|nguoi that|nguoi|may|robot|bot|lua dao)(?: that)? (?:khong|ko|k|hong))(?: (?:vay|the|a|ha|day)){0,2}$"
    r"|^who are you$|^are you (?:the |a |an )?(?:police|robot|bot|machine|human|person|scammer)$"
)
WANTS_MONEY_BACK = (
    r"^(?=.*(?:\b(?:khong|ko|k|hong|cach nao|lam sao|the nao|sao)\b|^(?:can|how)\b))(?:.*\b(?:lay|doi|thu hoi|hoan|xin) (?:\w+ ){0,3}lai"
    r"\b.*\btien\b|.*\btien\b(?: \w+){0,4} (?:lay|doi|thu hoi|hoan)(?: \w+){0,2} lai\b|.*\bmoney back\b)"
)
WANTS_PERSON = (
    r"\b(?:gap|noi chuyen|chat|hoi|lien he|noi may|can|talk|speak|want|need)\b.{0,30}\b(?:nguoi (?:that|thiet)"
    r"|can bo(?! (?:thue|ngan hang|dien|toa|nao))|nhan vien (?:ho tro|tu van|truc)|tu van vien|dieu tra vien|real person"
    r"|human|officer)\b"
)
TELLS_OF_OTHERS = r"\b(?:ho|no|nguoi ta|xung|gia danh|gia mao|tu nhan|bao la|they|he|she)\b"
"""Who asks for the police or a person asks us; with these, others are told of who claim to be it."""

WISHES_TO_REPORT = (
    r"\bbao (?:cao|cong an|canh sat|chinh quyen|so|vu|viec|nguoi|ke|tin|link|trang|tai khoan|nick|no|len)\b"
    r"|\b(?:muon|can|xin|cho|de) (?:\w+ )?bao\b(?! (?:gia|hieu))|\bbao (?:\w+ ){0,3}(?:cong an|canh sat)\b"
    r"|\bto (?:cao|giac|no)\b|\b(?:trinh bao|phan anh|khai bao|khieu nai|khoi kien)\b|\b(?:nop|lam|gui|viet) don\b"
    r"|\b(?:report|denounce|complain|complaint)\b|\btell the police\b"
)
"""Words of reporting: without one of them nobody is led into a report."""

WISHES_TO_REPORT_ONE = (
    r"^(?:\w+ ){0,3}(?:muon|can|xin) (?:\w+ ){0,2}(?:bao (?:cao|cong an|so|sdt|tai khoan|stk|nick|link|trang|ke|vu)|to cao|to giac"
    r"|phan anh|trinh bao|report)\b|^(?:cho (?:\w+ )?)?bao (?:cao|cong an|so|sdt|stk|nick|link|trang)\b|^(?:\w+ ){0,4}report\b"
)
"""The same beside a number or a link, where a judge hears only the thing."""

GOES_ON_TELLING = (
    r"^(?:(?:roi|xong|sau do|luc do|hom qua|hom nay|gio|va|thi|the|ma|and|then|now) ){0,2}(?:ho(?! hang)|no|nguoi ta|anh ay|anh ta|chi ay"
    r"|chi ta|co ay|co ta|ong ay|ong ta|ba ay|ba ta|ben do|ben kia|ben ho|they|he|she)\b"
)
"""A few words that begin so belong to the story before them."""

MEANS_COMMAND: tuple[tuple[str, str, str], ...] = (
    (r"\bchu (?:\w+ )?(?:nho|be|ti)(?: \w+)? (?:qua|lam|xiu|the)\b|\bchu (?:cho )?to (?:len|hon|ra)\b", "elder_on", ""),
    (
        r"^(?:\w+ )?(?:noi|tra loi|viet) (?:\w+ ){0,2}(?:ngan(?! hang)|gon)\b|^(?:(?:noi|viet|tra loi|chu) )?dai qua\b",
        "elder_on",
        "",
    ),
    (r"^(?:please )?(?:\w+ ){0,2}shorter\b|\b(?:(?:larger|bigger) letters|letters are too small)\b", "elder_on", ""),
    (r"^(?:\w+ )?(?:noi|dung|tra loi|viet|chuyen sang)(?: \w+)? tieng anh\b|^tieng anh$", "language", "en"),
    (
        r"^(?:please )?(?:(?:can|could|do) you )?(?:speak|use|answer in|in) english\b|^english(?: please)?$",
        "language",
        "en",
    ),
    (r"^(?:\w+ )?(?:noi|dung|tra loi|viet|chuyen sang)(?: \w+)? tieng viet\b|^tieng viet$", "language", "vi"),
    (
        r"^(?!(?:\w+ ){0,2}?(?:ho|no|ai|app|may|chung|bi|da|lo) )(?:\w+ ){0,2}xoa (?:het |toan bo |giup )?(?:tin|du lieu|thong tin|lich su)(?: \w+){0,2} cua (?:toi|minh|em|con|bac)\b",
        "erase",
        "",
    ),
    (r"\bgiu (?:nhung )?(?:gi|thong tin gi|du lieu gi) (?:cua|ve) (?:toi|minh|em|con|bac)\b", "data", ""),
    (r"\b(?:phan anh|bao cao) (?:\w+ ){0,3}(?:den|toi) dau\b", "status", ""),
    (
        r"^(?:please )?(?:(?:can|could|do) you )?(?:speak|use|answer in|in) vietnamese\b|^vietnamese(?: please)?$",
        "language",
        "vi",
    ),
)
"""A command in a person's own words: what is said, the command, and the words after it."""

PLACES = ("xa", "phuong", "dac khu", "thi tran")
"""A part of /dangky that begins so names a commune."""

SAYS_YES = frozenset(("co", "co a", "da co", "vang", "vang a", "da vang", "u", "uh", "um", "ok co", "co nhe", "yes"))
SAYS_NO = frozenset(("khong", "khong a", "da khong", "ko", "khong co", "dau co", "no"))
SAYS_STOP = SAYS_NO | frozenset(
    "thoi|thoi a|thoi khoi|thoi khong|thoi khong gui|thoi dung gui|khoi|khong gui|khong gui nua|toi khong gui nua|thoi khong gui nua|khong can|no thanks|stop".split(
        "|"
    )
)
SAYS_NO_MORE = (
    r"(?:(?:a|oi|thoi|ma|khoan|toi|minh|em|con|chau|bac|co|chu|anh|chi) ){0,5}(?:khong|ko|k|hong|chang) (?:muon |can |dam )?"
    r"(?:bao|phan anh|bao cao|viet|khai)(?: (?:cong an|bao cao|phan anh|gi|di))? nua(?: (?:dau|a|nhe|nha)){0,2}"
    r"|(?:thoi )?huy (?:bo|di|bao cao|phan anh|giup)(?: (?:di|toi|nhe|a)){0,2}"
    r"|thoi (?:khong|ko|khoi) (?:bao|phan anh|can)(?: (?:dau|nua|cong an|a|nhe)){0,2}"
    r"|never mind|cancel(?: it)?|i (?:don t|do not) want to (?:report|go on|continue)(?: (?:it|this|anymore|any more|now)){0,2}"
)
"""All that somebody says in the middle of a report who has changed their mind; "Huy" alone is a name, and whoever no
longer replies, sends or does anything may answer what happened."""
SAYS_AGREE = frozenset("dong y|toi dong y|em dong y|minh dong y|con dong y|da dong y|i agree|agree".split("|"))
SAYS_SEND = frozenset(
    "gui|gui di|gui nhe|gui luon|gui luon di|gui giup toi|dong y gui|dong y|ok gui|ok gui di|send|send it".split("|")
)
"""All that somebody says to the notice before a report, or to its summary."""
SAYS_RIGHT = frozenset(("dung roi", "dung roi a", "da dung", "chuan roi", "dung the", "that is right", "right"))
SAYS_WRONG = frozenset(("sai roi", "sai roi a", "khong dung", "nham roi", "sai", "that is wrong", "wrong"))
SAYS_MISTAKEN = (
    r"(?:(?:a|da|oi|nhung|ma|thi|hinh nhu|ban|toi|minh|em|con|chau|bac|ba|ong|co|chu|anh|chi) ){0,4}"
    r"(?:(?:khong|ko|k|hong|dau co|dau) (?:phai|dung)(?: (?:vay|the|nhu|lua dao|bi lua|lua)){0,3}"
    r"|(?:co )?(?:bi (?:lua|mat|gi)|mat)(?: (?:gi|tien|dao))? dau|dau co"
    r"|(?:khong|ko|k|hong|chua|dau co|dau) (?:he )?(?:bi )?(?:lua|mat|bi gi)(?: (?:gi|tien|dao|ca|het)){0,3}"
    r"|hieu (?:nham|lam|sai)|bam nham)(?: (?:a|nhe|nha|ma|roi|dau|ca|chau|con|em|ban|oi)){0,3}"
    r"|(?:(?:a|da|oi) ){0,2}(?:nham|sai)(?: (?:a|nhe|nha|ma|roi|ban|oi)){0,3}"
    r"|(?:no )?(?:(?:that|it|this) (?:is|s|was) )?(?:a |my )?(?:mistake|not true|misunderstanding)"
    r"|i (?:was not|wasn t) scammed"
)
"""All that somebody says to first aid that they do not need. "Tôi sai rồi" is a regret."""
SAYS_WHY = frozenset(("vi sao", "tai sao", "sao vay", "vi sao vay", "tai sao vay", "sao biet", "why"))
SAYS_SHARE = frozenset(("chia se", "chia se cho nguoi than", "gui cho nguoi than", "share"))
"""All that somebody says who answers the one question, judges our answer, or wants to hear or pass on more."""

BESIDE_A_BANK = frozenset(
    (
        "toi tui minh em con chau bac ba ong co chu anh chi dung xai o ben la ngan hang so sdt dien thoai tong dai duong day nong khoa "
        "the tai khoan hotline goi cho xin hoi a oi nhe nha da vang voi cua may bao nhieu gi nao dau can muon de lam sao giup gium chuyen "
        "khan cap tu qua lock card account bank number hotline call my i use it is the for of what please"
    ).split()
)
"""Whoever says which bank is theirs, or asks for its number, says no other word."""
STEPS = (
    r"(?:goi|bao|lien he)(?: cho)? (?:ngan hang|tong dai)|(?:ngan hang )?khoa(?: (?:the|tai khoan|ngan hang dien tu|app ngan hang))?"
    r"|(?:doi|thay)(?: (?:lai|het|xong)){0,2} (?:mat khau|pass|ma pin)|tat (?:may|nguon|mang|wifi)|(?:xoa|go)(?: cai dat)? (?:app|ung dung|phan mem)"
    r"|(?:(?:ra|len|den) cong an(?: (?:xa|phuong))? (?:trinh bao|bao)|(?:trinh bao|bao)(?: voi| cho)? cong an(?: (?:xa|phuong))?)(?! gia\b)"
)
BESIDE_A_STEP = frozenset(
    (
        "toi minh em con chau bac ba ong co chu anh chi me bo vua moi da cung va voi thi roi xong het luon a u nhe nha oi day "
        "gio bay phai can nen lam gi j nua sao tiep theo khong ko vang ok ngan hang"
    ).split()
)
"""All that somebody says who has done a step of first aid: any other word may tell of something new."""

_DONE = r"(?:da|lo|lo da|vua|moi|tro|trot|bi)"
_OVER = r"roi\b(?! (?:moi|se|ho|no)\b)"
LOSSES: tuple[tuple[Situation, str], ...] = (
    (
        Situation.PAID,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:chuyen|ck|nap|gui|dong|dua) (?:\w+ ){{0,4}}(?:tien|khoan|trieu|tr|ty|\d+\w*)\b"
        rf"|\b{_DONE} (?:\w+ ){{0,2}}(?:ck|chuyen khoan|chuyen tien)\b"
        r"|\b(?:mat|bi lua) (?:\w+ ){0,3}(?:tien|trieu|tr|ty)\b|\bmat sach tien\b|\btien bay het\b"
        r"|\b(?:bi|vua) (?:\w+ ){0,2}(?:lua|tru|rut) (?:\w+ ){0,2}tien\b"
        rf"|\b(?:chuyen tien|chuyen khoan|ck) (?:\w+ ){{0,3}}{_OVER}"
        r"|\bi(?: have|'ve|ve)? (?:already )?(?:sent|paid|transferred|lost)\b",
    ),
    (
        Situation.DISCLOSED,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:dua|doc|gui|nhap|cho|cung cap) (?:\w+ ){{0,4}}"
        r"(?:otp|ma|mat khau|so the|can cuoc|cccd)\b"
        rf"|\b(?:dua|doc|gui|nhap|cung cap) (?:\w+ ){{0,2}}(?:otp|mat khau|can cuoc|cccd) (?:\w+ ){{0,3}}{_OVER}"
        r"|\bi(?: have|'ve|ve)? (?:already )?(?:gave|given|shared|told)\b.{0,40}\b(?:code|otp|password|pin)\b",
    ),
    (
        Situation.INSTALLED,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:cai|tai) (?:\w+ ){{0,3}}(?:app|ung dung|phan mem|apk|ve may)\b"
        r"|\bi(?: have|'ve|ve)? (?:already )?installed\b",
    ),
    (Situation.BLACKMAILED, r"\b(?:doa|se) (?:\w+ ){0,3}tung (?:\w+ ){0,2}(?:anh|clip|video)\b"),
    (Situation.CLICKED, rf"\b{_DONE} (?:\w+ ){{0,2}}(?:(?:bam|nhan|mo) (?:\w+ ){{0,2}}link|quet (?:\w+ )?ma)\b"),
    (Situation.ISOLATED, r"\b(?:bat|giu) (?:\w+ ){0,4}(?:khach san|nha nghi|mot minh)\b"),
    (Situation.SIM_LOST, r"\bmat song\b|\bsim (?:\w+ ){0,2}bi khoa\b"),
    (Situation.ACCOUNT_LOST, r"\b(?:bi|mat) (?:hack|chiem|mat)? ?(?:\w+ )?(?:zalo|facebook|fb|telegram|nick)\b"),
)
"""Read when the judge itself has failed, and where an answer in an interview must say plainly that something happened:
rough, and on the side of helping."""

OWN_LIFE = (
    r"\b(?:khong|chang|het|ko|k) muon song\b|\b(?:muon|se|dinh|nghi den) tu tu\b(?! (?:xem|tra|lam|noi|tinh))"
    r"|\bmuon chet\b|\bchet (?:cho xong|quach|di cho)\b|\bket lieu\b"
    r"|\b(?:end my life|kill myself|suicide|want to die)\b"
)
OWN_LIFE_MARKED = r"\btự (?:tử|sát|vẫn)\b"
"""Words with their marks: without them, "tự tử" is also "từ từ", slowly."""
VIOLENCE = (
    r"\b(?:dang|bi|no|chong|vo|ho|nguoi) (?:\w+ ){0,2}danh (?:toi|em|con|me|ba|bac|chau|minh|dap)\b"
    r"|\bdoa (?:giet|chem|dam)\b|\bdoi giet\b|\bcam (?:dao|bua|ma tau)\b"
    r"|\b(?:co|bi) (?:trom|cuop)\b(?! (?:\w+ ){0,2}(?:tai khoan|nick|facebook|fb|zalo|thong tin|du lieu|mat khau"
    r"|tien (?:trong|o) (?:\w+ )?(?:tai khoan|the|ngan hang|vi|app)))"
    r"|\b(?:toi|den|pha|xong vao) nha (?:\w+ ){0,2}(?:doa|danh|dap pha)\b"
    r"|\b(?:beating me|threatens? to kill|break(?:ing)? into)\b"
)
"""Danger to life, in folded words; somebody's own, and from somebody who is there."""
MARKED_ALIKE = {
    "danh": ("đánh",),
    "bac": ("bác",),
    "ba": ("bà", "ba"),
    "dam": ("đâm",),
    "tu": ("tự", "tử", "tu"),
}
"""Folded words in a text with marks, and how they must be written to count: "danh" is a name, "bạc" gambling, "bạ" a
list of names, "dẫm" no stab."""
NO_BEATING = (
    r"\b(?:gia|mao|lay|doc|xem|vao|quet|nut) danh\b"
    r"|\bdanh (?:ba|bac)\b(?! (?:toi|em|con|minh|chau|ngoai|noi|cu|gia)\b)"
)
"""In a text without any marks: what else "danh" says."""
