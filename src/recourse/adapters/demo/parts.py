"""Which suppliers, parts, faults and people does the demo invent?

A gearbox, axle and clutch plant that does not exist, with suppliers numbered by the heavenly stems
and earthly branches: no name means a real company, vehicle or person.
"""

SUPPLIERS: dict[str, tuple[str, str]] = {
    "S01": ("甲一供方（虚构）", "takes_back"),
    "S02": ("乙二供方（虚构）", "takes_back"),
    "S03": ("丙三供方（虚构）", "takes_back"),
    "S04": ("丁四供方（虚构）", "entrusted"),
    "S05": ("戊五供方（虚构）", "takes_back"),
    "S06": ("己六供方（虚构）", "takes_back"),
    "S07": ("庚七供方（虚构）", "entrusted"),
    "S08": ("辛八供方（虚构）", "takes_back"),
    "S09": ("壬九供方（虚构）", "takes_back"),
    "S10": ("癸十供方（虚构）", "entrusted"),
    "S11": ("子十一供方（虚构）", "takes_back"),
    "S12": ("丑十二供方（虚构）", "takes_back"),
}
"""Id -> its invented name, and how its old parts are disposed of."""

PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "S01": (("DEMO-1101", "同步器总成"), ("DEMO-1102", "同步器锥环")),
    "S02": (("DEMO-1201", "中间轴"), ("DEMO-1202", "输入轴")),
    "S03": (("DEMO-2101", "离合器压盘总成"), ("DEMO-2102", "离合器从动盘")),
    "S04": (("DEMO-1301", "变速器壳体"), ("DEMO-1302", "离合器壳体")),
    "S05": (("DEMO-3101", "主减速器主动锥齿轮"), ("DEMO-3102", "主减速器从动锥齿轮")),
    "S06": (("DEMO-1401", "拨叉轴"), ("DEMO-1402", "换挡拨叉")),
    "S07": (("DEMO-3201", "差速器壳"), ("DEMO-3202", "行星齿轮")),
    "S08": (("DEMO-2201", "分离轴承"), ("DEMO-2202", "离合器助力缸")),
    "S09": (("DEMO-3301", "轮毂轴承"), ("DEMO-3302", "半轴")),
    "S10": (("DEMO-1501", "一轴油封"), ("DEMO-1502", "输出端油封")),
    "S11": (("DEMO-1601", "换挡气缸"), ("DEMO-1602", "双H换挡阀")),
    "S12": (("DEMO-1701", "里程表传感器"), ("DEMO-1702", "空挡开关")),
}
"""Supplier -> the bought-in parts it makes, as (part number, name)."""

FAULTS: dict[str, tuple[str, ...]] = {
    "S01": ("挂挡打齿", "换挡困难", "同步环磨损"),
    "S02": ("轴颈拉伤", "花键磨损", "异响"),
    "S03": ("压盘开裂", "从动盘烧蚀", "分离不彻底"),
    "S04": ("壳体砂眼渗油", "结合面漏油", "螺孔滑牙"),
    "S05": ("齿面剥落", "打齿", "主减异响"),
    "S06": ("拨叉断裂", "跳挡", "自锁失效"),
    "S07": ("差速器异响", "壳体裂纹", "行星齿轮卡滞"),
    "S08": ("轴承烧结", "助力缸漏气", "分离沉重"),
    "S09": ("轴承过热", "半轴断裂", "轮端渗油"),
    "S10": ("油封唇口老化", "输出端漏油", "一轴端漏油"),
    "S11": ("气缸漏气", "阀芯卡滞", "高低挡不转换"),
    "S12": ("无车速信号", "空挡灯不灭", "插接件进水"),
}
"""Supplier -> what its parts suffer from in the field."""

SPARE = {"part": "DEMO-9001", "name": "取力器总成"}
"""A part made by one supplier until April and by another since May."""

STANDARD = {"labour": "900.00", "material": "3000.00"}
"""The most that is paid for the repair of the first part of each supplier; travel is not agreed."""

MONTHS = 24
FARTHEST_KM = 120_000
"""How long and how far the first part of each supplier is warranted."""

PEOPLE: dict[str, tuple[str, ...]] = {
    "engineer1": ("quality_engineer",),
    "engineer2": ("quality_engineer",),
    "boss": ("quality_manager",),
    "chief": ("quality_engineer", "quality_manager"),
    "deputy": ("deputy_gm",),
    "cashier": ("finance",),
    "cashier2": ("finance",),
    "checker": ("finance_checker",),
    "treasurer": ("finance", "finance_checker"),
    "buyer1": ("purchasing",),
    "buyer2": ("purchasing",),
    "auditor": ("auditor",),
    "centre1": ("service_centre",),
    "centre2": ("service_centre",),
    "shop": ("manufacturing",),
    "admin": ("admin",),
    "assembly1": ("department:装配车间",),
    "stores1": ("department:仓储部",),
    **{supplier.lower(): (f"supplier:{supplier}",) for supplier in SUPPLIERS},
}
"""Who acts, by an opaque name, with what roles."""
