"use strict";(()=>{var is=Object.defineProperty;var as=Object.getOwnPropertyDescriptor;var p=(r,n,e,t)=>{for(var s=t>1?void 0:t?as(n,e):n,i=r.length-1,a;i>=0;i--)(a=r[i])&&(s=(t?a(n,e,s):a(s))||s);return t&&s&&is(n,e,s),s};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ve=globalThis,ye=ve.ShadowRoot&&(ve.ShadyCSS===void 0||ve.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ie=Symbol(),at=new WeakMap,oe=class{constructor(n,e,t){if(this._$cssResult$=!0,t!==Ie)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=n,this.t=e}get styleSheet(){let n=this.o,e=this.t;if(ye&&n===void 0){let t=e!==void 0&&e.length===1;t&&(n=at.get(e)),n===void 0&&((this.o=n=new CSSStyleSheet).replaceSync(this.cssText),t&&at.set(e,n))}return n}toString(){return this.cssText}},ot=r=>new oe(typeof r=="string"?r:r+"",void 0,Ie),b=(r,...n)=>{let e=r.length===1?r[0]:n.reduce((t,s,i)=>t+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+r[i+1],r[0]);return new oe(e,r,Ie)},lt=(r,n)=>{if(ye)r.adoptedStyleSheets=n.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of n){let t=document.createElement("style"),s=ve.litNonce;s!==void 0&&t.setAttribute("nonce",s),t.textContent=e.cssText,r.appendChild(t)}},De=ye?r=>r:r=>r instanceof CSSStyleSheet?(n=>{let e="";for(let t of n.cssRules)e+=t.cssText;return ot(e)})(r):r;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:os,defineProperty:ls,getOwnPropertyDescriptor:ds,getOwnPropertyNames:hs,getOwnPropertySymbols:cs,getPrototypeOf:ps}=Object,be=globalThis,dt=be.trustedTypes,us=dt?dt.emptyScript:"",ms=be.reactiveElementPolyfillSupport,le=(r,n)=>r,de={toAttribute(r,n){switch(n){case Boolean:r=r?us:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,n){let e=r;switch(n){case Boolean:e=r!==null;break;case Number:e=r===null?null:Number(r);break;case Object:case Array:try{e=JSON.parse(r)}catch{e=null}}return e}},we=(r,n)=>!os(r,n),ht={attribute:!0,type:String,converter:de,reflect:!1,useDefault:!1,hasChanged:we};Symbol.metadata??=Symbol("metadata"),be.litPropertyMetadata??=new WeakMap;var j=class extends HTMLElement{static addInitializer(n){this._$Ei(),(this.l??=[]).push(n)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(n,e=ht){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(n)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(n,e),!e.noAccessor){let t=Symbol(),s=this.getPropertyDescriptor(n,t,e);s!==void 0&&ls(this.prototype,n,s)}}static getPropertyDescriptor(n,e,t){let{get:s,set:i}=ds(this.prototype,n)??{get(){return this[e]},set(a){this[e]=a}};return{get:s,set(a){let l=s?.call(this);i?.call(this,a),this.requestUpdate(n,l,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(n){return this.elementProperties.get(n)??ht}static _$Ei(){if(this.hasOwnProperty(le("elementProperties")))return;let n=ps(this);n.finalize(),n.l!==void 0&&(this.l=[...n.l]),this.elementProperties=new Map(n.elementProperties)}static finalize(){if(this.hasOwnProperty(le("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(le("properties"))){let e=this.properties,t=[...hs(e),...cs(e)];for(let s of t)this.createProperty(s,e[s])}let n=this[Symbol.metadata];if(n!==null){let e=litPropertyMetadata.get(n);if(e!==void 0)for(let[t,s]of e)this.elementProperties.set(t,s)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let s=this._$Eu(e,t);s!==void 0&&this._$Eh.set(s,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(n){let e=[];if(Array.isArray(n)){let t=new Set(n.flat(1/0).reverse());for(let s of t)e.unshift(De(s))}else n!==void 0&&e.push(De(n));return e}static _$Eu(n,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof n=="string"?n.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(n=>this.enableUpdating=n),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(n=>n(this))}addController(n){(this._$EO??=new Set).add(n),this.renderRoot!==void 0&&this.isConnected&&n.hostConnected?.()}removeController(n){this._$EO?.delete(n)}_$E_(){let n=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(n.set(t,this[t]),delete this[t]);n.size>0&&(this._$Ep=n)}createRenderRoot(){let n=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return lt(n,this.constructor.elementStyles),n}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(n=>n.hostConnected?.())}enableUpdating(n){}disconnectedCallback(){this._$EO?.forEach(n=>n.hostDisconnected?.())}attributeChangedCallback(n,e,t){this._$AK(n,t)}_$ET(n,e){let t=this.constructor.elementProperties.get(n),s=this.constructor._$Eu(n,t);if(s!==void 0&&t.reflect===!0){let i=(t.converter?.toAttribute!==void 0?t.converter:de).toAttribute(e,t.type);this._$Em=n,i==null?this.removeAttribute(s):this.setAttribute(s,i),this._$Em=null}}_$AK(n,e){let t=this.constructor,s=t._$Eh.get(n);if(s!==void 0&&this._$Em!==s){let i=t.getPropertyOptions(s),a=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:de;this._$Em=s;let l=a.fromAttribute(e,i.type);this[s]=l??this._$Ej?.get(s)??l,this._$Em=null}}requestUpdate(n,e,t,s=!1,i){if(n!==void 0){let a=this.constructor;if(s===!1&&(i=this[n]),t??=a.getPropertyOptions(n),!((t.hasChanged??we)(i,e)||t.useDefault&&t.reflect&&i===this._$Ej?.get(n)&&!this.hasAttribute(a._$Eu(n,t))))return;this.C(n,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(n,e,{useDefault:t,reflect:s,wrapped:i},a){t&&!(this._$Ej??=new Map).has(n)&&(this._$Ej.set(n,a??e??this[n]),i!==!0||a!==void 0)||(this._$AL.has(n)||(this.hasUpdated||t||(e=void 0),this._$AL.set(n,e)),s===!0&&this._$Em!==n&&(this._$Eq??=new Set).add(n))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let n=this.scheduleUpdate();return n!=null&&await n,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,i]of this._$Ep)this[s]=i;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[s,i]of t){let{wrapped:a}=i,l=this[s];a!==!0||this._$AL.has(s)||l===void 0||this.C(s,void 0,i,l)}}let n=!1,e=this._$AL;try{n=this.shouldUpdate(e),n?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw n=!1,this._$EM(),t}n&&this._$AE(e)}willUpdate(n){}_$AE(n){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(n)),this.updated(n)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(n){return!0}update(n){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(n){}firstUpdated(n){}};j.elementStyles=[],j.shadowRootOptions={mode:"open"},j[le("elementProperties")]=new Map,j[le("finalized")]=new Map,ms?.({ReactiveElement:j}),(be.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var qe=globalThis,ct=r=>r,ke=qe.trustedTypes,pt=ke?ke.createPolicy("lit-html",{createHTML:r=>r}):void 0,Ke="$lit$",U=`lit$${Math.random().toFixed(9).slice(2)}$`,We="?"+U,fs=`<${We}>`,F=document,ce=()=>F.createComment(""),pe=r=>r===null||typeof r!="object"&&typeof r!="function",Ge=Array.isArray,vt=r=>Ge(r)||typeof r?.[Symbol.iterator]=="function",Be=`[ 	
\f\r]`,he=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ut=/-->/g,mt=/>/g,W=RegExp(`>|${Be}(?:([^\\s"'>=/]+)(${Be}*=${Be}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),ft=/'/g,gt=/"/g,yt=/^(?:script|style|textarea|title)$/i,Fe=r=>(n,...e)=>({_$litType$:r,strings:n,values:e}),o=Fe(1),T=Fe(2),qs=Fe(3),M=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),$t=new WeakMap,G=F.createTreeWalker(F,129);function bt(r,n){if(!Ge(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return pt!==void 0?pt.createHTML(n):n}var wt=(r,n)=>{let e=r.length-1,t=[],s,i=n===2?"<svg>":n===3?"<math>":"",a=he;for(let l=0;l<e;l++){let d=r[l],c,u,f=-1,k=0;for(;k<d.length&&(a.lastIndex=k,u=a.exec(d),u!==null);)k=a.lastIndex,a===he?u[1]==="!--"?a=ut:u[1]!==void 0?a=mt:u[2]!==void 0?(yt.test(u[2])&&(s=RegExp("</"+u[2],"g")),a=W):u[3]!==void 0&&(a=W):a===W?u[0]===">"?(a=s??he,f=-1):u[1]===void 0?f=-2:(f=a.lastIndex-u[2].length,c=u[1],a=u[3]===void 0?W:u[3]==='"'?gt:ft):a===gt||a===ft?a=W:a===ut||a===mt?a=he:(a=W,s=void 0);let _=a===W&&r[l+1].startsWith("/>")?" ":"";i+=a===he?d+fs:f>=0?(t.push(c),d.slice(0,f)+Ke+d.slice(f)+U+_):d+U+(f===-2?l:_)}return[bt(r,i+(r[e]||"<?>")+(n===2?"</svg>":n===3?"</math>":"")),t]},ue=class r{constructor({strings:n,_$litType$:e},t){let s;this.parts=[];let i=0,a=0,l=n.length-1,d=this.parts,[c,u]=wt(n,e);if(this.el=r.createElement(c,t),G.currentNode=this.el.content,e===2||e===3){let f=this.el.content.firstChild;f.replaceWith(...f.childNodes)}for(;(s=G.nextNode())!==null&&d.length<l;){if(s.nodeType===1){if(s.hasAttributes())for(let f of s.getAttributeNames())if(f.endsWith(Ke)){let k=u[a++],_=s.getAttribute(f).split(U),L=/([.?@])?(.*)/.exec(k);d.push({type:1,index:i,name:L[2],strings:_,ctor:L[1]==="."?Ee:L[1]==="?"?Te:L[1]==="@"?_e:J}),s.removeAttribute(f)}else f.startsWith(U)&&(d.push({type:6,index:i}),s.removeAttribute(f));if(yt.test(s.tagName)){let f=s.textContent.split(U),k=f.length-1;if(k>0){s.textContent=ke?ke.emptyScript:"";for(let _=0;_<k;_++)s.append(f[_],ce()),G.nextNode(),d.push({type:2,index:++i});s.append(f[k],ce())}}}else if(s.nodeType===8)if(s.data===We)d.push({type:2,index:i});else{let f=-1;for(;(f=s.data.indexOf(U,f+1))!==-1;)d.push({type:7,index:i}),f+=U.length-1}i++}}static createElement(n,e){let t=F.createElement("template");return t.innerHTML=n,t}};function Y(r,n,e=r,t){if(n===M)return n;let s=t!==void 0?e._$Co?.[t]:e._$Cl,i=pe(n)?void 0:n._$litDirective$;return s?.constructor!==i&&(s?._$AO?.(!1),i===void 0?s=void 0:(s=new i(r),s._$AT(r,e,t)),t!==void 0?(e._$Co??=[])[t]=s:e._$Cl=s),s!==void 0&&(n=Y(r,s._$AS(r,n.values),s,t)),n}var xe=class{constructor(n,e){this._$AV=[],this._$AN=void 0,this._$AD=n,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(n){let{el:{content:e},parts:t}=this._$AD,s=(n?.creationScope??F).importNode(e,!0);G.currentNode=s;let i=G.nextNode(),a=0,l=0,d=t[0];for(;d!==void 0;){if(a===d.index){let c;d.type===2?c=new ee(i,i.nextSibling,this,n):d.type===1?c=new d.ctor(i,d.name,d.strings,this,n):d.type===6&&(c=new Ae(i,this,n)),this._$AV.push(c),d=t[++l]}a!==d?.index&&(i=G.nextNode(),a++)}return G.currentNode=F,s}p(n){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(n,t,e),e+=t.strings.length-2):t._$AI(n[e])),e++}},ee=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(n,e,t,s){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=n,this._$AB=e,this._$AM=t,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let n=this._$AA.parentNode,e=this._$AM;return e!==void 0&&n?.nodeType===11&&(n=e.parentNode),n}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(n,e=this){n=Y(this,n,e),pe(n)?n===h||n==null||n===""?(this._$AH!==h&&this._$AR(),this._$AH=h):n!==this._$AH&&n!==M&&this._(n):n._$litType$!==void 0?this.$(n):n.nodeType!==void 0?this.T(n):vt(n)?this.k(n):this._(n)}O(n){return this._$AA.parentNode.insertBefore(n,this._$AB)}T(n){this._$AH!==n&&(this._$AR(),this._$AH=this.O(n))}_(n){this._$AH!==h&&pe(this._$AH)?this._$AA.nextSibling.data=n:this.T(F.createTextNode(n)),this._$AH=n}$(n){let{values:e,_$litType$:t}=n,s=typeof t=="number"?this._$AC(n):(t.el===void 0&&(t.el=ue.createElement(bt(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===s)this._$AH.p(e);else{let i=new xe(s,this),a=i.u(this.options);i.p(e),this.T(a),this._$AH=i}}_$AC(n){let e=$t.get(n.strings);return e===void 0&&$t.set(n.strings,e=new ue(n)),e}k(n){Ge(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,s=0;for(let i of n)s===e.length?e.push(t=new r(this.O(ce()),this.O(ce()),this,this.options)):t=e[s],t._$AI(i),s++;s<e.length&&(this._$AR(t&&t._$AB.nextSibling,s),e.length=s)}_$AR(n=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);n!==this._$AB;){let t=ct(n).nextSibling;ct(n).remove(),n=t}}setConnected(n){this._$AM===void 0&&(this._$Cv=n,this._$AP?.(n))}},J=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(n,e,t,s,i){this.type=1,this._$AH=h,this._$AN=void 0,this.element=n,this.name=e,this._$AM=s,this.options=i,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=h}_$AI(n,e=this,t,s){let i=this.strings,a=!1;if(i===void 0)n=Y(this,n,e,0),a=!pe(n)||n!==this._$AH&&n!==M,a&&(this._$AH=n);else{let l=n,d,c;for(n=i[0],d=0;d<i.length-1;d++)c=Y(this,l[t+d],e,d),c===M&&(c=this._$AH[d]),a||=!pe(c)||c!==this._$AH[d],c===h?n=h:n!==h&&(n+=(c??"")+i[d+1]),this._$AH[d]=c}a&&!s&&this.j(n)}j(n){n===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,n??"")}},Ee=class extends J{constructor(){super(...arguments),this.type=3}j(n){this.element[this.name]=n===h?void 0:n}},Te=class extends J{constructor(){super(...arguments),this.type=4}j(n){this.element.toggleAttribute(this.name,!!n&&n!==h)}},_e=class extends J{constructor(n,e,t,s,i){super(n,e,t,s,i),this.type=5}_$AI(n,e=this){if((n=Y(this,n,e,0)??h)===M)return;let t=this._$AH,s=n===h&&t!==h||n.capture!==t.capture||n.once!==t.once||n.passive!==t.passive,i=n!==h&&(t===h||s);s&&this.element.removeEventListener(this.name,this,t),i&&this.element.addEventListener(this.name,this,n),this._$AH=n}handleEvent(n){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,n):this._$AH.handleEvent(n)}},Ae=class{constructor(n,e,t){this.element=n,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(n){Y(this,n)}},kt={M:Ke,P:U,A:We,C:1,L:wt,R:xe,D:vt,V:Y,I:ee,H:J,N:Te,U:_e,B:Ee,F:Ae},gs=qe.litHtmlPolyfillSupport;gs?.(ue,ee),(qe.litHtmlVersions??=[]).push("3.3.3");var xt=(r,n,e)=>{let t=e?.renderBefore??n,s=t._$litPart$;if(s===void 0){let i=e?.renderBefore??null;t._$litPart$=s=new ee(n.insertBefore(ce(),i),i,void 0,e??{})}return s._$AI(r),s};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Ye=globalThis,v=class extends j{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let n=super.createRenderRoot();return this.renderOptions.renderBefore??=n.firstChild,n}update(n){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(n),this._$Do=xt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return M}};v._$litElement$=!0,v.finalized=!0,Ye.litElementHydrateSupport?.({LitElement:v});var $s=Ye.litElementPolyfillSupport;$s?.({LitElement:v});(Ye.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var x=r=>(n,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(r,n)}):customElements.define(r,n)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var vs={attribute:!0,type:String,converter:de,reflect:!1,hasChanged:we},ys=(r=vs,n,e)=>{let{kind:t,metadata:s}=e,i=globalThis.litPropertyMetadata.get(s);if(i===void 0&&globalThis.litPropertyMetadata.set(s,i=new Map),t==="setter"&&((r=Object.create(r)).wrapped=!0),i.set(e.name,r),t==="accessor"){let{name:a}=e;return{set(l){let d=n.get.call(this);n.set.call(this,l),this.requestUpdate(a,d,r,!0,l)},init(l){return l!==void 0&&this.C(a,void 0,r,l),l}}}if(t==="setter"){let{name:a}=e;return function(l){let d=this[a];n.call(this,l),this.requestUpdate(a,d,r,!0,l)}}throw Error("Unsupported decorator location: "+t)};function m(r){return(n,e)=>typeof e=="object"?ys(r,n,e):((t,s,i)=>{let a=s.hasOwnProperty(i);return s.constructor.createProperty(i,t),a?Object.getOwnPropertyDescriptor(s,i):void 0})(r,n,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function $(r){return m({...r,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var X=(r,n,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof n!="object"&&Object.defineProperty(r,n,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function te(r,n){return(e,t,s)=>{let i=a=>a.renderRoot?.querySelector(r)??null;if(n){let{get:a,set:l}=typeof t=="object"?e:s??(()=>{let d=Symbol();return{get(){return this[d]},set(c){this[d]=c}}})();return X(e,t,{get(){let d=a.call(this);return d===void 0&&(d=i(this),(d!==null||this.hasUpdated)&&l.call(this,d)),d}})}return X(e,t,{get(){return i(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var E=b`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var z=class extends v{constructor(){super(...arguments);this.run=[];this.kept=null}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return o`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
      <p><button aria-pressed=${this.kept===null?"false":"true"} @click=${()=>this.dispatchEvent(new CustomEvent("keep"))}>${this.kept===null?"Keep this place to compare":"Compare no more"} <kbd aria-hidden="true">m</kbd></button></p>
    </section>`}below(e){let t=[];for(let s=e;s.children.size>0;){let i=this.on(s)?this.run[s.run.length]:void 0,a=s.children.get(i??s.last??-1)??[...s.children.values()][0],l=[...s.children.values()].filter(d=>d!==a);t.push(...l.map(d=>o`<li><ol>${this.line(d)}${this.below(d)}</ol></li>`),this.line(a)),s=a}return t}line(e){let{length:t}=e.run,s=this.on(e)&&t===this.run.length;return o`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${s?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:"the start"}${this.isKept(e)?o` <span class="dim">(kept)</span>`:h}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,s)=>t===this.run[s])}isKept(e){return this.kept!==null&&this.kept.join()===e.run.join()}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};z.styles=[E,b`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      ol button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      ol button:hover { background: var(--hover); }
      ol button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([m({attribute:!1})],z.prototype,"walk",2),p([m({attribute:!1})],z.prototype,"run",2),p([m({attribute:!1})],z.prototype,"kept",2),z=p([x("x-branches")],z);var Je=class{constructor(n){let{parts:e,whole:t}=JSON.parse(n),s=[],i=a=>Array.isArray(a)?a.map(i):a===null||typeof a!="object"?a:"$"in a?s[a.$]:Object.fromEntries(Object.entries(a).map(([l,d])=>[l,i(d)]));for(let a of e)s.push(i(a));this.whole=i(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.tables??this.whole.places).length}get kind(){return this.whole.tables===void 0?"system":"rule"}table(n){return this.whole.tables?.[this.typed(n)]??null}lies(n){return this.whole.lies?.[this.typed(n)]??null}typed(n){return new URLSearchParams(n.split("?")[1]).get("r")??this.whole.home}run(n){let[e,t]=n.split("?"),s=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(n?this.setting.name:"")?null:Et(s===null?this.whole.home:s,s===null?10:36)}has(n){return n.join(".")in this.whole.places}place(n){let e=this.whole.places[n.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let s=this.place(Et(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...s,...e.trace.moves]}}}},Et=(r,n)=>r?r.split(".").map(e=>parseInt(e,n)):[],Tt=document.getElementById("explored"),g=Tt===null?null:new Je(Tt.textContent??"");var A=class extends Error{constructor(e,t){super(t);this.status=e}};async function R(r,n,e={}){let t;try{t=await fetch(`${r}?${new URLSearchParams(n)}`,e)}catch{throw new A(0,"the server of this page does not answer: start concordant explore again")}let s=await t.json().catch(()=>({error:`the server answered ${t.status}`}));if(!t.ok)throw new A(t.status,s.error??`the server answered ${t.status}`);return s}var se=r=>r?{at:r}:{},_t=async r=>g!==null?g.kind:(await R("/api/kind",se(r))).kind,At=async r=>{if(g===null)return R("/api/table",se(r));let n=g.table(r);if(n===null)throw new A(404,`this page holds ${g.size} profiles, and not that one: concordant explore '${r}' goes on from here`);return n},St=async r=>g?.lies(r)??R("/api/lies",se(r)),Xe=async r=>g?.setting??R("/api/setting",se(r)),me=async(r,{back:n=0,take:e=null}={})=>{if(g===null)return R("/api/place",{...se(r),...n?{back:`${n}`}:{},...e===null?{}:{take:`${e}`}});let t=g.run(r),s=t===null?null:g.place([...t.slice(0,t.length-n),...e===null?[]:[e]]);if(s===null)throw new A(404,`this page holds ${g.size} places, and not that one: concordant explore '${r}' goes on from here`);return s},Rt=(r,n)=>R("/api/along",{at:r,clause:n}),Pt=async r=>(await R("/api/theorem",{theorem:r})).claim,Ct=(r,n)=>R("/api/place",{...se(r),wander:`${n}`}),Mt=(r,n)=>R("/api/search",{at:r,clause:n},{method:"POST"}),Ot=r=>R("/api/explored",{at:r},{method:"POST"}),Qe=r=>R(`/api/search/${r}`,{}),Se=r=>R(`/api/search/${r}`,{},{method:"DELETE"}),Lt=r=>R("/api/trace",{},{method:"POST",body:r}),Nt=(r,n)=>`/api/file?${new URLSearchParams({at:r,format:n})}`;var Ht={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function y(r){if("text"in r)return r.text;if("fields"in r)return`${r.name}(${r.fields.map(([,t])=>y(t)).join(", ")})`;if(r.kind==="map")return`{${r.entries.map(([t,s])=>`${y(t)}: ${y(s)}`).join(", ")}}`;let[n,e]=Ht[r.kind];return`${n}${r.items.map(y).join(", ")}${r.kind==="tuple"&&r.items.length===1?",":""}${e}`}function fe(r){return"text"in r?[r.text]:"fields"in r?r.fields.flatMap(([,n])=>fe(n)):"entries"in r?r.entries.flat().flatMap(fe):r.items.flatMap(fe)}function P(r,n=null,e="new"){let t=(a,l)=>Ve(a.map(([d,c])=>{let u=l?.get(d)??null;return o`<span class="dim">${d.replaceAll("_"," ")}:</span> ${u===null?y(c):I(c,u,e)}`}));if(!("fields"in r)||r.fields.length===0)return n===null?y(r):I(r,n,e);let s=n!==null&&"fields"in n&&n.name===r.name?new Map(n.fields):null,i=o`${r.name}(${t(r.fields,s)})`;return n===null||s!==null?i:e==="new"?o`<ins>${i}</ins>`:o`<del>${i}</del>`}function I(r,n,e){if(n!==null&&y(r)===y(n))return o`<span class="same">${y(r)}</span>`;if(n!==null&&"fields"in r&&"fields"in n&&r.name===n.name){let t=new Map(n.fields);return o`${r.name}(${Ve(r.fields.map(([s,i])=>I(i,t.get(s)??null,e)))})`}if(n!==null&&"kind"in r&&"kind"in n&&r.kind===n.kind){let[t,s]=Ht[r.kind];return o`${t}${Ve(bs(r,n,e))}${s}`}return Ze(y(r),e)}function bs(r,n,e){if("entries"in r&&"entries"in n){let s=new Map(n.entries.map(([i,a])=>[y(i),a]));return r.entries.map(([i,a])=>{let l=s.get(y(i));return l?o`${y(i)}: ${I(a,l,e)}`:Ze(`${y(i)}: ${y(a)}`,e)})}if(!("items"in r&&"items"in n))return[];if(r.kind==="tuple")return r.items.map((s,i)=>I(s,n.items[i]??null,e));let t=n.items.map(y);return r.items.map(s=>{let i=t.indexOf(y(s));return i<0?Ze(y(s),e):(t.splice(i,1),y(s))})}function Ze(r,n){return n==="new"?o`<ins>${r}</ins>`:o`<del>${r}</del>`}function Ve(r){return o`${r.map((n,e)=>o`${e>0?", ":h}${n}`)}`}var ge={proved:"Proved, not only explored",showsHow:"shows of what, and how.",asking:"Asking …"},jt={kinds:{receive:"hears a message",ask:"is asked",fire:"by itself",tick:"its clock goes on",lose:"a message is lost",crash:"goes down",recover:"comes up again",cancel:"is asked to cancel",forge:"hears what was forged",setback:"its clock is set back",suspect:"is told to suspect another",trust:"is told to trust another again"}};var Ut={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},ws={"false here":"false","true here":"true","reached here":"reached","not reached here":"not reached","without a case here":"no case"},et="false here, where it is not promised",zt=["false here","reached here",et,"true here","not reached here","without a case here","about whole paths"],C=class extends v{constructor(){super(...arguments);this.profiles="";this.sought=null;this.explored=null;this.along=null;this.wanted="";this.claims=new Map}render(){let e=new Map(this.setting.clauses.map(i=>[i.id,i])),t=this.wanted.toLowerCase(),s=this.place.truths.flatMap(i=>{let a=e.get(i.clause);return a===void 0?[]:[{clause:a,truth:i}]}).filter(({clause:i,truth:a})=>[i.id,i.name,i.sentence,a.here].some(l=>l.toLowerCase().includes(t))).sort((i,a)=>zt.indexOf(i.truth.here)-zt.indexOf(a.truth.here));return o`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${this.profiles||g!==null?h:this.everywhere()}
      ${s.map(({clause:i,truth:a})=>this.row(i,a))}
      ${this.profiles?o`<p class="dim">
            Of this profile alone: <code>concordant check ${this.setting.stem}</code> judges the rule, on profiles such as these: ${this.profiles}. Of others nothing is promised, so that what is false there
            need be no mistake.
          </p>`:o`<p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>`}
    </section>`}row(e,t){let s=["false here","reached here",et].includes(t.here);return o`<div class="clause"><details data-clause=${e.id} ?open=${t.here==="false here"||[this.sought?.clause,this.along?.clause].includes(e.id)}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${Ut[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?o`<div class=${t.here==="false here"?"told":""}>${t.facts.map(i=>o`<p class="value">${i.name}: ${y(i.value)}</p>`)}</div>`:h}
        ${t.here===et?o`<p class="dim">${this.profiles?"That is known of this rule, which does not promise it.":"Under all that may happen in this system it is not promised, so that this is no mistake."}</p>`:h}
        ${t.here==="about whole paths"?o`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.profiles?h:o`${this.search(e,s)}${this.all(e)}`}
        ${t.ways?o`<p class="dim">${t.ways}</p>`:h}
        ${e.argument?o`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:h}
        ${e.theorem?this.proved(e):h}
        ${e.pitfalls.length?o`<p class="dim">
              Broken by
              ${e.pitfalls.map((i,a)=>o`${a?", ":""}${g===null?o`<a href="#${i}">${i}</a>`:i}`)}
            </p>`:h}
      </div>
    </details>
    ${this.known(e)}</div>`}proved({theorem:e,claim:t}){let s=o`<p class="dim"><code>concordant prove ${e} --explain</code> ${ge.showsHow}</p>`,i=t||this.claims.get(e);return g!==null&&!i?o`<p class="dim">${ge.proved}:</p>${s}`:o`<details data-theorem=${e} @toggle=${a=>a.target.open&&!i&&void this.claimed(e)}>
      <summary>${ge.proved}</summary>
      <p class="argument" role="status">${i??ge.asking}</p>
      ${s}
    </details>`}async claimed(e){let t=await Pt(e).catch(s=>String(s));this.claims=new Map([...this.claims,[e,t]])}all(e){let t=this.place.run??[],s=this.along?.clause===e.id&&t.every((i,a)=>i===this.along.run[a])?this.along:null;return g!==null||t.length===0&&s===null?h:s===null?o`<button @click=${()=>this.send("along",e.id)}>What it says along the run</button>`:o`<table>
      <caption class="dim" role="status">What it says along the run</caption>
      <thead><tr><th scope="col">after</th><th scope="col">it is</th><th scope="col">by which move, and which facts</th></tr></thead>
      <tbody>${s.rows.map((i,a)=>o`<tr aria-current=${a===t.length?"step":h}>
          <th scope="row"><button @click=${()=>this.send("step",a)} aria-label="to the place after ${a} moves">${a}</button></th>
          <td class=${i.tone==="open"?"dim":i.tone}>${Ut[i.here]??"·"}&nbsp;${ws[i.here]??i.here}</td>
          <td>${a===0?"the start":s.moves[a-1]}${i.facts.map(l=>o`<p class="value">${l.name}: ${y(l.value)}</p>`)}</td>
        </tr>`)}</tbody>
    </table>`}everywhere(){let{explored:e}=this,t=e?.state==="running";return o`<div class="searching">
      <button @click=${()=>this.send("explore","")} ?disabled=${t}>Judge them everywhere <kbd aria-hidden="true">a</kbd></button>
      ${e===null?h:o`<span role="status">${e.says}</span>`}
      ${t?o`<button @click=${()=>this.send("stop",e.id)}>Stop</button>`:h}
    </div>`}known(e){let t=this.explored?.clauses.find(s=>s.clause===e.id);return t===void 0?h:o`<p class="everywhere ${t.tone==="open"?"dim":t.tone}">
      everywhere: ${t.says}${t.link&&t.link!==this.place.link?o` <a href="#${t.link}" aria-label="go to where ${e.name} is so">go there</a>`:h}
    </p>`}search(e,t){if(g!==null)return h;let s=this.sought?.clause===e.id?this.sought.news:null,i=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",a=this.sought!==null&&this.sought.since!==this.place.link;return o`<div class="searching">
      ${t?h:o`<button @click=${()=>this.send("seek",e.id)} ?disabled=${s?.state==="running"}>${i}</button>`}
      ${s===null?h:o`<span>${s.says}${a&&s.state!=="running"?" (from where the search began)":""}</span>`}
      ${s?.state==="running"?o`<button @click=${()=>this.send("stop",s.id)}>Stop</button>`:h}
      ${s?.link&&s.link!==this.place.link?o`<a href="#${s.link}">go there</a>`:h}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};C.styles=[E,b`
      :host { display: block; }
      .clause { border-bottom: 1px solid var(--faint); }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      code { overflow-wrap: anywhere; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .everywhere { margin: 0 0 0.3rem 1.5rem; font-size: 0.85em; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      table { border-collapse: collapse; font-size: 0.85em; width: 100%; }
      caption { text-align: left; }
      th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.5rem 0.15rem 0; border-bottom: 1px solid var(--faint); }
      td:last-child { overflow-wrap: anywhere; width: 99%; }
      th button { white-space: nowrap; padding: 0.1rem 0.5rem; }
      td p { margin: 0; }
      tr[aria-current] { background: var(--faint); }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([m({attribute:!1})],C.prototype,"setting",2),p([m({attribute:!1})],C.prototype,"place",2),p([m()],C.prototype,"profiles",2),p([m({attribute:!1})],C.prototype,"sought",2),p([m({attribute:!1})],C.prototype,"explored",2),p([m({attribute:!1})],C.prototype,"along",2),p([m()],C.prototype,"wanted",2),p([$()],C.prototype,"claims",2),C=p([x("x-clauses")],C);var D=class extends v{constructor(){super(...arguments);this.names=new Map}render(){let[e,t]=[this.place.run,this.kept.run],s=ks(e,t),i=Math.max(e.length,t.length),a=s===0?"They differ from the first move on":`${s===1?"The first move is":`The first ${s} moves are`} the same`;return o`<section aria-labelledby="compared">
      <h2 id="compared">Compared with the place that is kept</h2>
      <p class="dim" role="status">${s===i?"This is that place: go elsewhere, and both runs stand here side by side.":`${a}.`}</p>
      ${s===i?h:o`${this.runs(s,i)} ${this.states()}`}
    </section>`}runs(e,t){let s=Array.from({length:t-e},(i,a)=>e+a);return o`<div class="wide" tabindex="0" role="group" aria-label="two runs side by side">
      <table>
        <thead><tr><th scope="col"></th><th scope="col">the run that is kept</th><th scope="col">this run</th></tr></thead>
        <tbody>
          ${s.map(i=>o`<tr class=${i===e?"first":""}>
              <th scope="row">${i===e?o`<span title="the first difference">◆</span> `:h}${i+1}</th>
              ${this.cell(this.kept,i)} ${this.cell(this.place,i)}
            </tr>`)}
        </tbody>
      </table>
    </div>`}cell(e,t){let s=e.trace.moves[t];return s===void 0?o`<td class="dim">${t===e.run.length?"it ends here":""}</td>`:o`<td><button @click=${()=>this.go(e.run.slice(0,t+1))}>${s.said}</button></td>`}states(){let e=new Map(this.kept.processes.map(a=>[a.who,a])),t=this.place.processes.flatMap(a=>{let l=e.get(a.who);if(l===void 0)return[];let[d,c]=[P(l.state,a.state,"old"),P(a.state,l.state,"new")];return JSON.stringify(l.state)!==JSON.stringify(a.state)||l.up!==a.up?[o`<dt>${a.who}</dt><dd class="value">${d}${l.up?"":" down"} → ${c}${a.up?"":" down"}</dd>`]:[]}),s=new Map(this.kept.truths.map(a=>[a.clause,a.here])),i=this.place.truths.filter(a=>s.get(a.clause)!==a.here).map(a=>o`<dt>${this.names.get(a.clause)??a.clause}</dt><dd>${s.get(a.clause)} → ${a.here}</dd>`);return t.length+i.length===0?o`<p class="dim">All processes stand alike at both ends, and clauses say the same.</p>`:o`<p class="dim">Where both end, there → here:</p><dl>${t} ${i}</dl>`}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};D.styles=[E,b`
      :host { display: block; }
      .wide { overflow: auto; max-height: 50vh; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: 0.1rem 0.6rem 0.1rem 0; border-bottom: 1px solid var(--faint); overflow-wrap: anywhere; }
      thead th { color: var(--dim); font-size: 0.9em; }
      th[scope="row"] { color: var(--dim); font: 12px/1.8 var(--mono); white-space: nowrap; }
      td { width: 50%; }
      .first td { border-left: 3px solid var(--unknown); padding-left: 0.5rem; }
      button { border: 0; text-align: left; padding: 0.1rem 0; background: none; }
      button:hover { background: var(--hover); }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0.3rem 0 0; }
      dt { font: 600 13px/1.5 var(--mono); overflow-wrap: anywhere; }
      dd { margin: 0; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding-left: 0.7rem; } }
    `],p([m({attribute:!1})],D.prototype,"kept",2),p([m({attribute:!1})],D.prototype,"place",2),p([m({attribute:!1})],D.prototype,"names",2),D=p([x("x-compared")],D);function ks(r,n){let e=r.findIndex((t,s)=>t!==n[s]);return e<0?r.length:e}var ne=class extends v{render(){let{in_flight:n,calls:e,history:t}=this.place;return o`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${n.length===0?o`<p class="dim">nothing</p>`:h}
      <dl>
        ${n.map(s=>o`<dt>${s.source} → ${s.to}</dt>
            <dd class="value">${s.messages.map(i=>o`<div>${y(i)}</div>`)}</dd>`)}
      </dl>
      ${e.length?o`<h2>Waiting for an answer</h2>${e.map(s=>o`<p class="value">${s.user} asks ${s.at}</p>`)}`:h}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${P(t)}</p>
      </details>
    </section>`}};ne.styles=[E,b`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([m({attribute:!1})],ne.prototype,"place",2),ne=p([x("x-flight")],ne);var B=class extends v{constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),s=e.filter(d=>[d.said,...d.comes].some(c=>c.toLowerCase().includes(t))),i=s.filter(d=>!d.fault),a=s.filter(d=>d.fault),l=d=>s.indexOf(d);return o`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?o`<p>No move can be made: nothing more happens.</p>`:h}
      ${e.length>s.length?o`<p class="dim">${s.length} of ${e.length} fit the filter</p>`:h}
      ${It(i,({whose:d})=>d).map(([d,c])=>o`<h3>${d}</h3>${this.kinds(c,l)}`)}
      ${this.left(a.length>0)}
      ${this.kinds(a,l)}
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(d=>o`<li class="miss">${d.said} <span>${d.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}kinds(e,t){let s=It(e,({kind:i})=>i);return s.map(([i,a])=>o`${s.length>1?o`<h4>${jt.kinds[i]??i}</h4>`:h}
        <ul>${a.map(l=>this.move(l,t(l)))}</ul>`)}left(e){let{left:t}=this.place;return t.length===0&&!e?h:o`<h3>
      Faults
      ${t.length?o`<span class="left">${t.map(s=>o`<span>${s.what}: ${s.left??"any number"} left</span>`)}</span>`:h}
    </h3>`}move(e,t){let s=t<9?`${t+1}`:"";return o`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${s?o`<kbd aria-hidden="true">${s}</kbd>`:h}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?o`<span class="no">${e.says_no}</span>`:h}
          ${g?.has([...this.place.run,e.number])===!1?o`<span class="no">leads beyond this page</span>`:h}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:t}=e.target;t!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:t}))}};B.styles=[E,b`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
      h4 { margin: 0.3rem 0 0; font-size: 0.85em; font-weight: 400; color: var(--dim); }
    `],p([m({attribute:!1})],B.prototype,"place",2),p([m()],B.prototype,"wanted",2),p([m({type:Boolean})],B.prototype,"near",2),B=p([x("x-moves")],B);function It(r,n){let e=new Map;for(let t of r)e.set(n(t),[...e.get(n(t))??[],t]);return[...e]}var[re,ie,tt,$e]=[104,40,44,14],xs={waiting:"·",running:"▶",done:"✓",failed:"✗",skipped:"–"},Es=3.4,Dt=13,Q=class extends v{constructor(){super(...arguments);this.moves=0}updated(){let e=this.renderRoot.querySelector(".lanes");e!==null&&(e.scrollLeft=e.scrollWidth)}render(){let{what:e,stages:t,spans:s}=this.picture;return t.length===0&&s.length===0?h:o`<section aria-labelledby="picture">
      <h2 id="picture">${e}</h2>
      ${t.length?this.graph(t):this.timeline(s)}
    </section>`}graph(e){let t=Ts(e),i=Math.max(...t.map(c=>c.length))*(ie+$e)+$e,a=t.length*(re+tt)-tt+8,l=new Map;t.forEach((c,u)=>c.forEach((f,k)=>l.set(f.name,[4+u*(re+tt),(i-c.length*(ie+$e))/2+k*(ie+$e)+$e/2])));let d=e.map(c=>`${c.name}${c.after.length?` after ${c.after.join(" and ")}`:""}: ${c.stands}`).join("; ");return o`<div class="graph">
      <svg width=${a} height=${i} viewBox="0 0 ${a} ${i}" role="img" aria-label=${d}>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 L8 4 L0 8 z"></path></marker></defs>
        ${e.flatMap(c=>c.after.map(u=>_s(l.get(u),l.get(c.name))))}
        ${e.map(c=>As(c,l.get(c.name)))}
      </svg>
    </div>`}timeline(e){let t=[...new Set(e.map(s=>s.lane))];return o`<div class="lanes">
      ${t.map(s=>o`<span class="name" aria-hidden="true">${s}</span>
          <ol class="spans" aria-label=${s} .style=${`grid-template-columns: repeat(${this.moves+1}, minmax(${Es}rem, 1fr))`}>
            ${e.filter(i=>i.lane===s).map(i=>this.span(i))}
          </ol>`)}
      <span class="name"></span>
      <span class="axis" aria-hidden="true"><span>start</span><span>${this.moves?`move ${this.moves}`:""}</span></span>
    </div>`}span({lane:e,first:t,last:s,holds:i}){let a=t===s?`after move ${t}`:`from move ${t} to ${s===this.moves?"now":s}`;return o`<li .style=${`grid-column: ${t+1} / ${s+2}; grid-row: 1`}>
      <button title="${i}, ${a}" aria-label="${e}: ${i}, ${a}" aria-current=${s===this.moves?"step":"false"} @click=${()=>this.go(t)}>${i}</button>
    </li>`}go(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};Q.styles=[E,b`
      :host { display: block; }
      .graph { overflow-x: auto; }
      svg { display: block; font: 12px/1 var(--mono); max-width: none; }
      rect { fill: var(--paper); stroke: var(--faint); stroke-width: 1.5; }
      text { fill: var(--ink); text-anchor: middle; }
      .word { fill: var(--dim); }
      path { fill: none; stroke: var(--dim); stroke-width: 1.2; }
      .tip { fill: var(--dim); stroke: none; }
      .waiting rect { stroke-dasharray: 3 3; }
      .running rect { stroke: var(--accent); stroke-width: 3; fill: var(--hover); }
      .running .word { fill: var(--accent); }
      .done rect { stroke: var(--good); fill: var(--added); }
      .done .word { fill: var(--good); }
      .failed rect { stroke: var(--bad); stroke-width: 3; fill: var(--removed); }
      .failed .word { fill: var(--bad); }
      .skipped rect { stroke: var(--unknown); stroke-dasharray: 8 3; }
      .skipped .word { fill: var(--unknown); }
      ol { list-style: none; margin: 0; padding: 0; }
      .lanes { display: grid; grid-template-columns: fit-content(8rem) auto; gap: 0.2rem 0.6rem; align-items: center; overflow-x: auto; }
      .name { font: 600 13px/1.4 var(--mono); overflow-wrap: anywhere; position: sticky; left: 0; background: var(--paper); }
      .spans { display: grid; border-left: 1px solid var(--faint); border-right: 1px solid var(--faint); background: linear-gradient(var(--faint), var(--faint)) center / 100% 1px no-repeat; }
      .spans li { min-width: 0; }
      .spans button { width: 100%; font: 12px/1.5 var(--mono); padding: 0 0.2rem; border-color: var(--accent); background: var(--hover); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; border-radius: 2px; }
      .spans button[aria-current="step"] { border-width: 2px; font-weight: 600; }
      .axis { display: flex; justify-content: space-between; color: var(--dim); font: 12px/1.4 var(--mono); }
    `],p([m({attribute:!1})],Q.prototype,"picture",2),p([m({type:Number})],Q.prototype,"moves",2),Q=p([x("x-picture")],Q);function Ts(r){let n=new Map,e=new Map(r.map(i=>[i.name,i])),t=(i,a=[])=>{let l=e.get(i);if(l===void 0||a.includes(i))return-1;let d=n.get(i);if(d!==void 0)return d;let c=1+Math.max(-1,...l.after.map(u=>t(u,[...a,i])));return a.length===0&&n.set(i,c),c},s=[];for(let i of r)(s[t(i.name)]??=[]).push(i);return[...s].map(i=>i??[])}function _s(r,n){if(r===void 0||n===void 0)return h;let[e,t,s,i]=[r[0]+re,r[1]+ie/2,n[0],n[1]+ie/2],a=Math.max(20,(s-e)/2);return T`<path marker-end="url(#to)" d="M${e} ${t} C${e+a} ${t} ${s-a} ${i} ${s-1} ${i}"></path>`}function As({name:r,stands:n},[e,t]){let s=r.length>Dt?`${r.slice(0,Dt-1)}…`:r;return T`<g class=${n}>
    <title>${r}: ${n}</title>
    <rect x=${e} y=${t} width=${re} height=${ie} rx="4"></rect>
    <text x=${e+re/2} y=${t+16}>${s}</text>
    <text class="word" x=${e+re/2} y=${t+32}>${xs[n]??""} ${n}</text>
  </g>`}var Ss=18,N=30,Pe=44,q=26,Rs=40,Ps=36,Bt=7.3,O=class extends v{constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.heights=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:l})=>!this.only||l.start===this.only||l.end===this.only,t=({row:l})=>this.fold&&l.mark==="inside";this.shown=this.trace.moves.flatMap((l,d)=>e(l)&&!t(l)?[d+1]:[]);let s=new Set(this.shown),i=0;this.heights=[Pe,...this.trace.moves.map((l,d)=>Pe+(s.has(d+1)?(i+++.5)*N:i*N))];let a=new Set(this.trace.moves.filter(e).flatMap(({row:l})=>[l.start,l.end]));this.lanes=this.only?this.trace.lanes.filter(l=>a.has(l)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:s}=this.trace,a=this.left+e.length*this.width+(this.labelled?this.words:0),l=Pe+(this.shown.length+(s.length?1.6:.8))*N,d=`Space-time diagram: ${e.length} participants, ${t.length} moves${this.shown.length<t.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return o`<svg class="heads" width=${a} height=${q} viewBox="0 0 ${a} ${q}" aria-hidden="true">
      ${e.map((c,u)=>T`<text class="head ${this.named.has(c)?"is-named":""}" x=${this.x(u)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${a} height=${l-q} viewBox="0 ${q} ${a} ${l-q}" role="img" aria-label=${d}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,u)=>this.lane(c,u,l))}
      ${this.shown.map(c=>this.move(t[c-1],c,a))} ${this.folds()}
      ${s.filter(c=>!this.only||c.source===this.only||c.to===this.only).map(c=>this.waiting(c.source,c.to,c.sent,l))} ${this.loop()}
    </svg>`}get left(){return Rs+(this.trace.acts===null&&this.trace.cycle===null?0:Ps)}get width(){return Ss+Bt*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return Bt*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){return this.heights[e]??Pe+this.shown.length*N}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},s)=>{let i=this.place(t.end);if(t.mark!=="inside"||i<0||this.only&&t.end!==this.only)return;let[a,l]=[this.x(i),this.y(s+1)];e.set(`${a} ${l}`,{x:a,y:l,count:(e.get(`${a} ${l}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:s,count:i})=>T`<g><title>${i} ${i===1?"step":"steps"} of its own</title><circle class="folded" cx=${t} cy=${s} r="7"></circle><text class="count" x=${t} y=${s+3.5}>${i}</text></g>`)}lane(e,t,s){let i=this.trace.moves.map((l,d)=>({mark:l.row.mark,who:l.row.end,y:this.y(d+1)})).filter(({who:l,mark:d})=>l===e&&(d==="down"||d==="up")),a=[...i.map(({y:l})=>l),s-8];return a.map((l,d)=>{let c=i[d-1]?.mark==="down";return T`<line class="lane ${c?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${a[d-1]??26} y2=${l}></line>`})}move(e,t,s){let i=this.y(t),a=t===this.at?"here":t>this.at?"later":"";return T`<g class=${a} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${i-N/2} width=${s} height=${N}></rect>
      <text class="number" x="30" y=${i+4}>${t}</text>
      ${t===this.trace.acts?T`<text class="acts" x="46" y=${i+4}>◆</text>`:h}
      ${this.drawn(e,t)}
      ${this.labelled?T`<text class="label" x=${this.left+this.lanes.length*this.width} y=${i+4}>${e.row.label}</text>`:h}
    </g>`}drawn(e,t){let{start:s,end:i,mark:a,sent:l,again:d}=e.row,c=this.x(this.place(i)),u=this.y(t);switch(a){case"inside":return T`<circle class="dot" cx=${c} cy=${u} r="4.5"></circle>`;case"down":return this.cross(c,u);case"up":return T`<path class="tip" d="M${c-6} ${u+5} L${c} ${u-6} L${c+6} ${u+5} z"></path>`;default:{let f=this.x(this.place(s)),k=l===null?u:this.y(l),_=a==="lost"?"is-lost":d?"again":l===null?"ask":"",L=(f+c)/2;if(a==="lost"){let it=(k+u)/2;return T`<line class="message ${_}" x1=${f} y1=${k} x2=${L} y2=${it}></line>${this.cross(L,it)}`}return f===c?T`<path class="message ${_}" marker-end="url(#tip)" d="M${c} ${k} C${c+34} ${k} ${c+34} ${u} ${c+5} ${u}"></path>`:T`<line class="message ${_}" marker-end="url(#tip)" x1=${f} y1=${k} x2=${c} y2=${u}></line>`}}}waiting(e,t,s,i){let[a,l]=[this.place(e),this.place(t)];if(s===null||a<0||l<0)return h;let[d,c,u,f]=[this.x(a),this.x(l),this.y(s),i-14],[k,_]=[d+(c-d)*.8,u+(f-u)*.8],L=this.at<this.trace.moves.length?"later":"";return T`<line class="message in-flight ${L}" x1=${d} y1=${u} x2=${k} y2=${_}></line><circle class="ring ${L}" cx=${k} cy=${_} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return h;let[s,i]=[this.y(t.length-e+1),this.y(t.length)];return T`<path class="repeats" marker-end="url(#tip)" d="M14 ${i} H6 V${s} H16"><title>repeated for ever</title></path>`}cross(e,t){return T`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-q;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-N<this.scrollTop?this.scrollTop=e-N:e+2*N+q>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*N+q-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};O.styles=b`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([m({attribute:!1})],O.prototype,"trace",2),p([m({type:Number})],O.prototype,"at",2),p([m({type:Boolean})],O.prototype,"labels",2),p([m()],O.prototype,"only",2),p([m({type:Boolean})],O.prototype,"fold",2),p([m({attribute:!1})],O.prototype,"named",2),p([$()],O.prototype,"labelled",2),O=p([x("c-spacetime")],O);var H=class extends v{constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(i=>this.has(i)):e,s=e.length-t.length;return o`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":o` <span class="dim">if that move were made</span>`}</h2>
      <dl>${t.map(i=>this.process(i))}</dl>
      ${s?o`<p class="dim">${s} unchanged ${s===1?"is":"are"} hidden</p>`:h}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:Cs(e,this.looked.changes),s=t!==null?o`${P(e.state,t,"old")} → ${P(t,e.state,"new")}`:e.before!==null&&this.looked===null?P(e.state,e.before,"new"):P(e.state),i=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return o`<dt class=${i}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?"named where a clause is false here":""}>${e.who}</span>${e.up?h:o` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${s} ${this.views?o`<div class="seen">from outside: ${P(e.view)}</div>`:h}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};H.styles=[E,b`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([m({attribute:!1})],H.prototype,"place",2),p([m({attribute:!1})],H.prototype,"looked",2),p([m({attribute:!1})],H.prototype,"named",2),p([m({type:Boolean})],H.prototype,"changed",2),p([m({type:Boolean})],H.prototype,"views",2),H=p([x("x-state")],H);function Cs(r,n){let e=n.filter(s=>s.who===r.who);if(e.length===0)return null;let t=r.state;for(let s of e)s.field===""?t=s.after:"fields"in t&&(t={...t,fields:t.fields.map(([i,a])=>[i,i===s.field?s.after:a])});return t}var Ce=(r,n)=>o`<h1>${r.split(/(?<=[._/])/).map(e=>o`${e}<wbr />`)}${n?o` <span class="dim">${n}</span>`:h}</h1>`,Me=(r,n)=>["scopes",n,e=>`${r}?scope=${encodeURIComponent(e)}`],Oe=r=>["mistakes",r,n=>n],Le=(r,n,e)=>o`<label class="dim">
  Look at
  <select @change=${Ms} aria-label=${e}>
    <option value="">${n}</option>
    ${r.map(([t,s,i])=>o`<optgroup label=${t}>${s.map(a=>o`<option value=${i(a.name)} title=${a.says}>${a.name}</option>`)}</optgroup>`)}
  </select>
</label>`;function Ms(r){let n=r.target;n.value&&(location.hash=n.value),n.value=""}function Ne(r,n,e){if(!r)return h;let t=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
    <p>${r}</p>
    ${t&&!n?o`<p><a href="#${t}" @click=${e}>begin anew: ${decodeURIComponent(t)}</a></p>`:h}
  </div>`}var He=r=>o`<dialog aria-labelledby="keys" @click=${n=>n.target===n.currentTarget&&qt(n)}>
  <h2 id="keys">Keys</h2>
  <dl>${r.map(([n,e])=>o`<dt><kbd>${n}</kbd></dt><dd>${e}</dd>`)}</dl>
  <button @click=${qt}>Close</button>
</dialog>`,qt=r=>r.currentTarget.closest("dialog")?.close();var Os=[{key:"1",also:["2","3","4","5","6","7","8","9"],shown:"1 … 9",says:"make that move",on:"run"},{key:"ArrowUp",also:["k"],shown:"↑ or k",says:"to the move above",on:"run"},{key:"ArrowDown",also:["j"],shown:"↓ or j",says:"to the move below; Enter makes it",on:"run"},{key:"ArrowLeft",also:["h"],shown:"← or h",says:"back",on:"run"},{key:"ArrowRight",also:["l"],shown:"→ or l",says:"forward again",on:"run"},{key:"Home",shown:"Home",says:"to the start",on:"run"},{key:"End",shown:"End",says:"forward as far as you have been",on:"run"},{key:"m",shown:"m",says:"keep this place, to compare other runs with it; again: no more",on:"run"},{key:"d",shown:"d",says:"only what changed",on:"run"},{key:"v",shown:"v",says:"what is seen of each process from outside",on:"run"},{key:"n",shown:"n",says:"what cannot be done, and why not",on:"run"},{key:"f",shown:"f",says:"fold steps in which nobody hears anything",on:"run"},{key:"r",shown:"r",says:"run on at random, each time otherwise",on:"run"},{key:"a",shown:"a",says:"judge the clauses in all that can be reached",on:"run"},{key:"s",shown:"s",says:"to the diagram",on:"run"},{key:"t",shown:"t",says:"to the run and its branches",on:"run"},{key:"/",shown:"/",says:"filter moves and clauses",on:"run"},{key:"e",shown:"e",says:"to the first cell",on:"rule"},{key:"",shown:"↑ ↓ Enter",says:"in a table: to the same column of the next row",on:"rule"},{key:"g",shown:"g",says:"who gains by lying here?",on:"rule"},{key:"",shown:"Esc",says:"out of what one types into"},{key:"c",shown:"c",says:"to the clauses"},{key:"y",shown:"y",says:"copy the link to what is shown"},{key:"?",shown:"?",says:"these keys"}],Kt=r=>Os.filter(({on:n})=>n===void 0||n===r),je=r=>Kt(r).map(({shown:n,says:e})=>[n,e]);function Ue(r,n,e,t){let s=r.composedPath()[0];if(r.altKey||r.ctrlKey||r.metaKey||e?.open||(r.key==="Escape"&&s.blur?.(),s.matches?.("input:not([type=checkbox]), select, textarea")))return;let i=Kt(n).find(({key:a,also:l})=>a!==""&&(a===r.key||l?.includes(r.key)));i!==void 0&&(r.preventDefault(),t[i.key](r.key))}var Wt=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],Gt=b`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
`,Ft=[Gt,b`
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  @media (min-width: 110rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 7fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`],Yt=[Gt,b`
  .bar { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0; margin-bottom: 0.6rem; border-bottom: 1px solid var(--faint); }
  .main { border-color: var(--accent); }
  .columns { display: grid; grid-template: "a c" / minmax(0, 6fr) minmax(0, 5fr); gap: 1.5rem 2rem; align-items: start; }
  .a { grid-area: a; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .c { grid-area: c; }
  .came > div { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; }
  .beside { color: var(--dim); }
  .beside.differs { color: inherit; border-left: 3px solid var(--unknown); padding-left: 0.6rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; margin: 0.4rem 0; }
  th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid var(--faint); vertical-align: baseline; }
  thead th { color: var(--dim); font-size: 0.9em; }
  @media (max-width: 60rem) { .columns { grid-template: "a" "c" / minmax(0, 1fr); } }
  `];var ae=class{constructor(){this.root=Jt([],"")}visit(n){let e=this.root;n.run.forEach((t,s)=>{let i=e.children.get(t);i===void 0&&(i=Jt(n.run.slice(0,s+1),n.trace.moves[s]?.said??""),e.children.set(t,i)),e.last=t,e=i}),e.link=n.link}at(n){let e=this.root;for(let t of n)e=e?.children.get(t)??null;return e}way(n){let e=n;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-n.run.length}}forward(n){let e=this.at(n);return e===null||e.last===null?null:e.children.get(e.last)??null}end(n){let e=this.forward(n);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function Jt(r,n){return{run:r,said:n,link:null,children:new Map,last:null}}var Xt=300,w=class extends v{constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.along=null;this.explored=null;this.kept=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new ae;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],s=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let i=await me(e);return s||(this.setting=await Xe(i.link),this.explored=null,this.kept=null,this.walk=new ae,this.drawn=null,document.title=`${this.setting.name}: Concordant`),i})};this.key=e=>{let{place:t}=this;t!==null&&(e.key==="Escape"&&e.composedPath()[0].matches?.("input[type=search]")&&(this.wanted=""),Ue(e,"run",this.help,{1:s=>this.moves?.buttons[Number(s)-1]?.click(),ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t.run)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.run.length?this.walk.root:null),End:()=>this.go(this.walk.end(t.run)),m:()=>this.keep(),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),a:()=>{this.explore()},c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}))}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e){this.asked+=1;let t=this.asked;try{let s=await e();t===this.asked&&this.show(s)}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:s}=this;(!(s!==null&&e.run.every((a,l)=>s.run[l]===a))||e.run.length===s.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:s}=this.walk.way(e);this.load(()=>me(t,{back:s}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>me(t,{take:e}))}wander(){if(this.place===null||g!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>Ct(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}stepped(e,t){t.stopPropagation(),this.go(this.walk.at(e.run.slice(0,t.detail)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Se(this.sought.news.id).catch(()=>null);try{let s=await Mt(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==s.id&&Number(this.sought.news.id)>Number(s.id))return;if(this.sought={clause:e,since:t,news:s},s.state!=="running")break;await new Promise(i=>setTimeout(i,Xt)),s=await Qe(s.id)}s.link&&this.place?.link===t&&await this.load(()=>me(s.link)),this.note=s.says}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}async alongRun(e){if(this.place===null)return;let{link:t,run:s,trace:i}=this.place;try{this.along={clause:e,run:s,moves:i.moves.map(a=>a.said),rows:await Rt(t,e)}}catch(a){if(!(a instanceof A))throw a;this.problem=a.message}}async explore(){let{place:e,setting:t}=this;if(!(e===null||g!==null||this.explored?.state==="running"))try{for(let s=await Ot(e.link);;s=await Qe(s.id)){if(this.setting!==t)return void Se(s.id).catch(()=>null);if(this.explored=s,s.state!=="running")return;await new Promise(i=>setTimeout(i,Xt))}}catch(s){if(!(s instanceof A))throw s;this.problem=s.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let t=e.target,s=t.files?.[0];t.value="",s!==void 0&&this.load(async()=>{let{departs:i,...a}=await Lt(s);return this.setting=await Xe(a.link),this.walk=new ae,this.kept=null,this.drawn=null,this.updateComplete.then(()=>this.note=i===null?"as saved":`it departs from what was saved: ${i}; it is shown as far as it goes`),a})}keep(){this.kept=this.kept===null?this.place:null,this.note=this.kept===null?"nothing is compared any more":"this place is kept: go elsewhere, and both runs stand side by side below the run"}nextMove(e){let t=this.moves?.buttons??[],s=t.findIndex(i=>i.matches(":focus"));this.focusMove(s<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,s+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:t}=this;return o`<main>
      <header>
        ${Ce(t.name,t.scope)}
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${Qt(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${s=>s.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${s=>this.take(s.detail)}
            @look=${s=>this.looked=s.detail}
            @near=${s=>this.near=s.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${e.picture===null?h:o`<x-picture .picture=${e.picture} .moves=${e.run.length} @step=${s=>this.stepped(e,s)}></x-picture>`}
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} .kept=${this.kept?.run??null} @keep=${()=>this.keep()} @go=${s=>this.go(s.detail)}></x-branches>
          ${this.kept===null?h:o`<x-compared .kept=${this.kept} .place=${e} .names=${new Map(t.clauses.map(s=>[s.id,s.name]))} @go=${s=>this.go(this.walk.at(s.detail))}></x-compared>`}
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .explored=${this.explored}
            .along=${this.along}
            @along=${s=>{this.alongRun(s.detail)}}
            @step=${s=>this.go(this.walk.at(this.along?.run.slice(0,s.detail)??[]))}
            @explore=${()=>{this.explore()}}
            .wanted=${this.wanted}
            @seek=${s=>{this.seek(s.detail)}}
            @stop=${s=>{Se(s.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${He(je("run"))}
    </main>`}elsewhere(e){if(g!==null)return h;let t=["situations",e.situations,i=>i],s=[Me(e.stem,e.scopes),t,Oe(e.pitfalls)];return Le(s,"another scope, situation or mistake …",`look at another scope, situation or mistake of ${e.stem}`)}bar(e){let t=this.walk.forward(e.run);return o`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${s=>this.wanted=s.target.value} />
      ${g===null?this.files(e):h}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return o`<button @click=${()=>this.wander()} title="some moves at random from here, each time others">Run on at random</button>
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?Wt.map(([t,s,i])=>o`<a href=${Nt(e.link,t)} download=${i}>${s}</a>`):o`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){return Ne(this.problem,this.place!==null,()=>this.problem="")}last(e){let t=e.trace.moves.at(-1);return o`<div class="last" role="status" aria-live="polite">
      ${t===void 0?o`<p>No move has been made yet.</p>`:o`<p><strong>${t.said}</strong></p>
            ${t.effects.map(s=>o`<p class="effect">${s}</p>`)} ${t.changes.map(Ls)}`}
      ${this.note?o`<p class="dim">${this.note}</p>`:h}
    </div>`}telling(e,t){let s=new Map(t.clauses.map(i=>[i.id,i]));return e.truths.filter(i=>i.here==="false here").map(i=>o`<div class="told" role="status"><strong class="bad">✗ false here: ${s.get(i.clause)?.name}</strong> ${s.get(i.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return o`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${t.moves.length===0?o`<p class="dim">It is drawn once a move has been made.</p>`:o`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${Qt(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${s=>this.step(s.detail)}
            ></c-spacetime>
            ${t.lasso?o`<p>${t.lasso}</p>`:h}
            ${t.instead.length?o`<div class="acts">${t.instead.map((s,i)=>o`<p>${i===0?`move ${t.acts}: ${s}`:s}</p>`)}</div>`:h}
            <p class="legend">${t.legend.map(s=>o`<span>${s}</span>`)}</p>
            ${t.notation.map(s=>o`<p class="legend">${s}</p>`)}`}
    </section>`}drawing(e){return o`<p class="drawing dim">
      <select aria-label="whose moves are drawn" .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">all moves</option>
        ${e.map(t=>o`<option value=${t} ?selected=${t===this.only}>moves of ${t} and what it hears</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> fold steps of their own <kbd>f</kbd></label>
    </p>`}};w.styles=[E,Ft],p([$()],w.prototype,"setting",2),p([$()],w.prototype,"place",2),p([$()],w.prototype,"drawn",2),p([$()],w.prototype,"looked",2),p([$()],w.prototype,"sought",2),p([$()],w.prototype,"along",2),p([$()],w.prototype,"explored",2),p([$()],w.prototype,"kept",2),p([$()],w.prototype,"changed",2),p([$()],w.prototype,"views",2),p([$()],w.prototype,"near",2),p([$()],w.prototype,"only",2),p([$()],w.prototype,"fold",2),p([$()],w.prototype,"wanted",2),p([$()],w.prototype,"problem",2),p([$()],w.prototype,"note",2),p([te("x-moves")],w.prototype,"moves",2),p([te("dialog")],w.prototype,"help",2),w=p([x("x-explorer")],w);function Qt(r){let n=new Set(r.processes.map(t=>t.who)),e=r.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>fe(t.value)).filter(t=>n.has(t)))}function Ls(r){let n=r.field?`${r.who}.${r.field}`:r.who;return o`<p class="value">${n}: ${I(r.before,r.after,"old")} → ${I(r.after,r.before,"new")}</p>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Z={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Zt=r=>(...n)=>({_$litDirective$:r,values:n}),ze=class{constructor(n){}get _$AU(){return this._$AM._$AU}_$AT(n,e,t){this._$Ct=n,this._$AM=e,this._$Ci=t}_$AS(n,e){return this.update(n,e)}update(n,e){return this.render(...e)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{I:ni}=kt;var Vt=r=>r.strings===void 0;var Ns={},es=(r,n=Ns)=>r._$AH=n;/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ts=Zt(class extends ze{constructor(r){if(super(r),r.type!==Z.PROPERTY&&r.type!==Z.ATTRIBUTE&&r.type!==Z.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Vt(r))throw Error("`live` bindings can only contain a single expression")}render(r){return r}update(r,[n]){if(n===M||n===h)return n;let e=r.element,t=r.name;if(r.type===Z.PROPERTY){if(n===e[t])return M}else if(r.type===Z.BOOLEAN_ATTRIBUTE){if(!!n===e.hasAttribute(t))return M}else if(r.type===Z.ATTRIBUTE&&e.getAttribute(t)===n+"")return M;return es(r),n}});var K=class extends v{constructor(){super(...arguments);this.parts=[];this.typed=[];this.wrong="";this.last="";this.next="";this.key=e=>{let t=e.target,s={ArrowUp:-1,ArrowDown:1,Enter:e.shiftKey?-1:1}[e.key],[i,a,l]=t.dataset.where.split(" ").map(Number);s===void 0||a===void 0||t.localName==="select"&&e.key!=="Enter"||e.altKey||e.ctrlKey||e.metaKey||this.focusAt(`${i} ${a+s} ${l}`)&&e.preventDefault()}}first(){let e=[...this.renderRoot.querySelectorAll("input, select")];(e.find(t=>t.title!=="a name")??e[0])?.focus()}render(){let e=this.parts.flatMap((t,s)=>t.cell===null?[]:[{part:t,place:s,cell:t.cell}]);return o`${this.parts.map((t,s)=>t.table===null?h:this.table(t.name,t.table,s))}
      <div class="fields">
        ${e.map(({part:t,place:s,cell:i})=>o`<label>${t.name} ${this.cell(i,this.typed[s]??"",`${s}`,t.name)}</label>`)}
      </div>`}updated(e){!e.has("typed")||this.next===""||(this.focusAt(this.next),this.next="")}table(e,t,s){let i=this.typed[s]??[],a=t.keys.length>0,l=d=>t.rows[d]??t.blank;return o`<div class="wide">
        <table>
          <caption>${e}</caption>
          <thead>
            <tr>${a?o`<th scope="col"></th>`:h}${t.columns.map(d=>o`<th scope="col">${d}</th>`)}${t.most>t.least?o`<td></td>`:h}</tr>
          </thead>
          <tbody>
            ${i.map((d,c)=>o`<tr>
                ${a?o`<th scope="row">${t.keys[c]}</th>`:h}
                ${d.map((u,f)=>o`<td>${this.cell(l(c)[f],u,`${s} ${c} ${f}`,`${t.columns[f]} of ${t.keys[c]??(d[0]||`row ${c+1}`)}`)}</td>`)}
                ${t.most>t.least?o`<td><button class="away" aria-label="take away ${d[0]||`row ${c+1}`}" title="take away" @click=${()=>this.takeAway(s,c)}>✕</button></td>`:h}
              </tr>`)}
          </tbody>
        </table>
      </div>
      ${t.most>t.least?o`<button @click=${()=>this.add(s,t)} ?disabled=${i.length>=t.most}>Add a row to ${e}</button>`:h}`}cell(e,t,s,i){if(e.says==="")return o`<span class="fixed">${t}</span>`;if(e.options.length)return o`<select aria-label=${i} data-where=${s} @change=${l=>this.type(l,s)} @keydown=${this.key}>
        ${e.options.map(l=>o`<option value=${l} ?selected=${l===t}>${l||"nothing"}</option>`)}
      </select>`;let a=this.wrong!==""&&this.last===s;return o`<input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      size=${Math.max(7,Math.min(28,t.length+2))}
      aria-label=${i}
      aria-invalid=${a}
      title=${e.says}
      data-where=${s}
      .value=${ts(t)}
      @input=${l=>this.type(l,s)}
      @change=${()=>this.dispatchEvent(new CustomEvent("left"))}
      @keydown=${this.key}
    />`}type(e,t){let[s,i,a]=t.split(" ").map(Number),{value:l}=e.target,d=this.typed[s],c=i===void 0||typeof d=="string"?l:d.map((u,f)=>f===i?u.map((k,_)=>_===a?l:k):u);this.edit(s,c,t)}add(e,t){let s=this.typed[e],i=s.at(-1)??t.blank.map(d=>d.text),a=new Set(s.map(d=>d[0])),l=i[0]??"";for(let d=s.length;t.blank[0]?.says==="a name"&&a.has(l);d+=1)l=`${l.replace(/\d+$/,"")}${d}`;this.next=`${e} ${s.length} ${Math.min(1,i.length-1)}`,this.edit(e,[...s,[l,...i.slice(1)]],`${e} added ${s.length}`)}takeAway(e,t){let s=this.typed[e];this.next=`${e} ${Math.max(0,t-1)} 0`,this.edit(e,s.filter((i,a)=>a!==t),`${e} without ${t}`)}edit(e,t,s){this.last=s;let i=this.typed.map((a,l)=>l===e?t:a);this.dispatchEvent(new CustomEvent("edit",{detail:{typed:i,where:s}}))}focusAt(e){let t=this.renderRoot.querySelector(`[data-where="${e}"]`);return t?.focus(),t?.select?.(),t!==null}};K.styles=[E,b`
      :host { display: block; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; margin: 0.2rem 0 0.4rem; }
      caption { text-align: left; color: var(--dim); font-size: 0.9em; padding: 0.2rem 0; }
      th { text-align: left; font-size: 0.9em; color: var(--dim); font-weight: 600; padding: 0.1rem 0.6rem 0.1rem 0; }
      td { padding: 0.1rem 0.4rem 0.1rem 0; }
      input, select { font: 14px/1.5 var(--mono); }
      input[aria-invalid="true"] { border-color: var(--bad); outline-color: var(--bad); }
      td input { width: 100%; box-sizing: border-box; min-width: 5rem; }
      .fields { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; margin: 0.4rem 0; }
      label { display: inline-flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; color: var(--dim); font-size: 0.9em; max-width: 100%; }
      label input, label select { color: var(--ink); max-width: 100%; box-sizing: border-box; }
      .fixed { font: 13px/1.5 var(--mono); color: var(--dim); overflow-wrap: anywhere; }
      .away { border: 0; color: var(--dim); padding: 0.15rem 0.4rem; }
    `],p([m({attribute:!1})],K.prototype,"parts",2),p([m({attribute:!1})],K.prototype,"typed",2),p([m()],K.prototype,"wrong",2),K=p([x("x-sheet")],K);var st=r=>r.map(n=>n.cell!==null?n.cell.text:n.table.rows.map(e=>e.map(t=>t.text)));var Hs=60,S=class extends v{constructor(){super(...arguments);this.table=null;this.typed=[];this.earlier=null;this.lies=null;this.searching=!1;this.problem="";this.note="";this.asked=0;this.timer=0;this.coming=Promise.resolve();this.typing="";this.edited="";this.followed=async()=>{let e=location.hash.slice(1);this.table!==null&&e===this.table.link||(this.edited="",await this.load(e,!0))};this.key=e=>{this.table!==null&&Ue(e,"rule",this.help,{g:()=>{this.search()},e:()=>this.sheet?.first(),c:()=>this.renderRoot.querySelector("x-clauses")?.shadowRoot?.querySelector("summary")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()})}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),this.followed()}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("keydown",this.key)}async load(e,t){this.asked+=1;let s=this.asked;try{let i=await At(e);if(s!==this.asked)return;this.earlier=this.table?.name===i.name?this.table:null,this.table=i,t&&(this.typed=st(i.parts)),this.problem="",this.note="",document.title=`${i.name}: Concordant`}catch(i){if(!(i instanceof A))throw i;s===this.asked&&(this.problem=i.message)}}edit({typed:e,where:t}){this.typed=e,this.typing=t,this.lies=null,clearTimeout(this.timer),this.timer=setTimeout(()=>this.coming=this.recompute(t),Hs)}async recompute(e){clearTimeout(this.timer),this.timer=0;let{table:t}=this;t!==null&&(await this.load(`${t.link.split(/[?&][mr]=/)[0]}${t.scope?"&":"?"}r=${encodeURIComponent(JSON.stringify(this.typed))}`,!1),!(this.problem||this.table===null||location.hash.slice(1)===this.table.link)&&(e===this.edited?history.replaceState(null,"",`#${this.table.link}`):history.pushState(null,"",`#${this.table.link}`),this.edited=e))}async settle(){this.timer!==0&&(this.coming=this.recompute(this.typing)),await this.coming,!this.problem&&this.table!==null&&(this.typed=st(this.table.parts))}async search(){let{table:e}=this;if(!(e===null||!e.lies||this.searching)){this.searching=!0;try{this.lies={link:e.link,found:await St(e.link)}}catch(t){if(!(t instanceof A))throw t;this.problem=t.message}finally{this.searching=!1}}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this profile is copied"}render(){let{table:e}=this;return e===null?o`<main>${this.troubled()}${this.problem?h:o`<p class="dim" role="status">Finding the rule …</p>`}</main>`:o`<main>
      <header>
        ${Ce(e.name,e.scope)}
        ${this.elsewhere(e)}
        <p>${e.title}</p>
        <p class="dim">${e.scope?o`Its rule <strong>${e.rule}</strong>, of profiles such as these: ${e.shows}.`:e.shows}</p>
      </header>
      <nav class="bar" aria-label="the profile">
        ${e.lies?o`<button class="main" @click=${()=>{this.search()}} ?disabled=${this.searching}>Who gains by lying here? <kbd aria-hidden="true">g</kbd></button>`:h}
        ${g===null?o`<button @click=${()=>{this.copy()}}>Copy link</button>`:h}
        <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
      </nav>
      ${this.troubled()} ${this.note?o`<p class="dim" role="status">${this.note}</p>`:h}
      <div class="columns">
        <div class="a">
          <section aria-labelledby="reports">
            <h2 id="reports">What is reported</h2>
            <x-sheet
              .parts=${e.parts}
              .typed=${this.typed}
              .wrong=${this.problem}
              @edit=${t=>this.edit(t.detail)}
              @left=${()=>{this.settle()}}
            ></x-sheet>
          </section>
          ${this.came(e)} ${this.gains()}
        </div>
        <div class="c">
          <x-clauses .setting=${e} .place=${e} .profiles=${e.scope?e.shows:"those of its family"}></x-clauses>
        </div>
      </div>
      ${g===null?h:o`<p class="dim beyond">This page holds ${g.size} profiles. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${He(je("rule"))}
    </main>`}came(e){let t=this.earlier!==null&&this.earlier.outcome.raised===null&&e.outcome.raised===null?this.earlier.outcome.value:null,s=e.right!==null&&nt(e.right)!==nt(e.outcome);return o`<section class="came" aria-labelledby="came">
      <h2 id="came">What comes of it${this.problem?o` <span class="dim">before what cannot be read was typed</span>`:h}</h2>
      <div role="status" aria-live="polite">
        ${e.outcome.raised===null?o`<p class="value">${P(e.outcome.value,t)}</p>`:o`<p class="value bad">the rule raises ${e.outcome.raised}</p>`}
        ${e.right===null?h:o`<p class="beside ${s?"differs":""}">${s?"The right rule makes of it":"The right rule makes the same of it."} ${s?o`<span class="value">${nt(e.right)}</span>`:h}</p>`}
        ${e.truths.filter(i=>i.here==="false here").map(i=>o`<p class="bad">✗ false here: ${e.clauses.find(a=>a.id===i.clause)?.name}</p>`)}
      </div>
      ${e.notation.map(i=>o`<p class="legend">${i}</p>`)}
    </section>`}gains(){if(this.searching)return o`<p class="dim" role="status">Trying misreports …</p>`;if(this.lies===null||this.lies.link!==this.table?.link)return h;let{found:e}=this.lies,t=e.lies.filter(s=>s.pays);return o`<section aria-labelledby="gains">
      <h2 id="gains">Who gains by lying here?</h2>
      <p role="status" class=${t.length?"bad":""}>${js(e.says)}</p>
      ${t.length?o`<div class="wide">
            <table>
              <thead><tr><th scope="col">who lies</th><th scope="col">how</th><th scope="col">honest</th><th scope="col">lying</th><th scope="col">then</th></tr></thead>
              <tbody>
                ${t.map(s=>o`<tr>
                    <th scope="row">${s.who}</th>
                    <td><a href="#${s.link}">${s.says}</a></td>
                    <td>${s.gains}</td>
                    <td><strong>${s.would_gain}</strong></td>
                    <td class="value">${y(s.lying)}</td>
                  </tr>`)}
              </tbody>
            </table>
          </div>`:h}
      ${t.length?o`<p class="dim">The numbers are what the outcome is worth to whoever lies, whose true report is the one above.</p>`:h}
    </section>`}elsewhere(e){return g!==null?h:Le([Me(e.stem,e.scopes),Oe(e.pitfalls)],"other profiles, or a mistake …",`look at other profiles or a mistake of ${e.stem}`)}troubled(){return Ne(this.problem,this.table!==null,()=>this.problem="")}};S.styles=[E,Yt],p([$()],S.prototype,"table",2),p([$()],S.prototype,"typed",2),p([$()],S.prototype,"earlier",2),p([$()],S.prototype,"lies",2),p([$()],S.prototype,"searching",2),p([$()],S.prototype,"problem",2),p([$()],S.prototype,"note",2),p([te("dialog")],S.prototype,"help",2),p([te("x-sheet")],S.prototype,"sheet",2),S=p([x("x-rule")],S);var nt=r=>r.raised===null?y(r.value):`an error: ${r.raised}`,js=r=>`${r.charAt(0).toUpperCase()}${r.slice(1)}.`;var ss={system:"x-explorer",rule:"x-rule"},V=null,rt=0,ns=null;async function rs(){let r=location.hash.slice(1),n=r.split(/[?&][mpr]=/)[0];if(V!==null&&n===ns)return V.followed();rt+=1;let e=rt,t=await _t(r).catch(()=>"system");if(e===rt){if(ns=n,V?.localName===ss[t])return V.followed();V?.remove(),V=document.createElement(ss[t]),document.body.append(V)}}addEventListener("hashchange",()=>{rs()});rs();})();
